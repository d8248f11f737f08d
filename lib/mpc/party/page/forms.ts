/** What the forms have in common that a key press follows. */
import type { RosterPerson } from '#lib/protocol/roster.ts';
import type { Party } from '../party.ts';
import { entitled, type Purpose } from '../origin/people.ts';
import type { Trust } from '../store/trust.ts';
import { inWords } from '../view/section.ts';
import { html, type Markup } from './markup.ts';

/** A list that nobody can look through is no help; beyond it the id is typed. */
const CHOICES_MAX = 300;

const partOf = ({ roles, group }: RosterPerson): string =>
  `${inWords(roles)}${group === null ? '' : ` of ${group}`}`;

/** Who presses: chosen, remembered by the browser from the last time, or told by the key itself. */
export function whoPresses(party: Party, trust: Trust, of: Purpose): Markup {
  const people = entitled(party, trust, of);
  const field =
    people.length > CHOICES_MAX
      ? html`<input id="who" autocomplete="off" spellcheck="false" maxlength="12" />`
      : html`<select id="who">
          <option value="">My key says who I am (touch it twice)</option>
          ${people.map((person) => html`<option value="${person.id}">${person.id}, ${partOf(person)}</option>`)}
        </select>`;
  return html`<div class="who">
    <label for="who">Who you are</label>
    ${field}
    <p class="quiet">
      Your id stands on your page of the console. Leave the choice to your key if in doubt.
    </p>
  </div>`;
}

/** A note whose text stays with the person. */
export const noteField = (id: string): Markup =>
  html`<details>
    <summary>Add a note</summary>
    <label for="${id}">Note</label>
    <textarea id="${id}" name="note" rows="3" maxlength="500"></textarea>
    <p class="quiet">
      Only a fingerprint of the note is kept and signed. Keep the text yourself: whoever has it can
      prove with this party's help that it is the one.
    </p>
  </details>`;

/** Where the script says how far it is, and what went wrong. */
export const sayings = html`<p class="status" role="status" data-say="status" hidden></p>
  <p class="problem" role="alert" data-say="problem" hidden></p>`;

/**
 * A form whose fields go to this party before and after a key press.
 * @param of.what names the stop; see `origin/stop-request.ts`.
 */
export const stopForm = (of: {
  what: string;
  purpose: Purpose;
  fields: Markup | null;
  button: string;
  isGrave?: boolean;
}): Markup =>
  html`<form data-prepare="/no/prepare" data-hand="/no" data-purpose="${of.purpose}">
    <input type="hidden" name="what" value="${of.what}" />
    ${of.fields}
    <button class="${of.isGrave ? 'danger grave' : 'danger'}">${of.button}</button>
    ${sayings}
  </form>`;

/** Why key presses at this page would count for nothing, or null. */
export function findAddressFault(party: Party, { roster }: Trust): string | null {
  const { origin } = party.config.origin;
  const own = roster.parties.find(({ name }) => name === party.config.name);
  const { hostname } = new URL(origin);
  const { id } = roster.relyingParty;
  if (hostname !== id && !hostname.endsWith(`.${id}`))
    return `Keys of this organisation are bound to ${id}, and this page is at ${hostname}: no browser lets them be used here. Do it at the console or at another party's page.`;
  const counts = own?.origin === origin || roster.relyingParty.origins.includes(origin);
  return counts
    ? null
    : 'The roster in force does not name this address as that of this party, so a no pressed here counts nowhere. Do it at the console, and have the roster name this address.';
}
