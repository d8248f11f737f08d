/** The page for stopping: everything at once first, then what is narrower. */
import { assets } from '#lib/chains/assets.ts';
import { keyWords } from '#lib/protocol/fingerprints.ts';
import type { RosterPerson } from '#lib/protocol/roster.ts';
import { keysThatCount } from '../origin/people.ts';
import { keysOf, type Party } from '../party.ts';
import { listedDestinations } from '../store/listed.ts';
import { standingFreezes } from '../store/stops.ts';
import type { Trust } from '../store/trust.ts';
import { scopeWords } from '../view/scope-words.ts';
import { utc } from '../view/section.ts';
import { findAddressFault, noteField, stopForm, whoPresses } from './forms.ts';
import { frame } from './frame.ts';
import { html, type Markup } from './markup.ts';
import { alert } from './parts.ts';
import { rejectFields } from './operation.ts';

/** Choices beyond which nobody looks through a list; the name is typed then. */
const CHOICES_MAX = 300;

function choice(
  id: string,
  of: { label: string; name: string; values: readonly string[] },
): Markup {
  const { label, name, values } = of;
  const field =
    values.length > CHOICES_MAX || values.length === 0
      ? html`<input id="${id}" name="${name}" required autocomplete="off" spellcheck="false" />`
      : html`<select id="${id}" name="${name}" required>
          <option value="">Choose</option>
          ${values.map((value) => html`<option>${value}</option>`)}
        </select>`;
  return html`<label for="${id}">${label}</label>${field}`;
}

function everything(party: Party, trust: Trust): Markup {
  return html`<section class="grave">
    <h2>Freeze everything</h2>
    <p>
      Nothing leaves any vault, no destination is listed and no rule loosens, at this party at once
      and at the others as soon as they hear of it. Starting again takes more people than a
      withdrawal.
    </p>
    ${whoPresses(party, trust, 'stop')}
    ${stopForm({
      what: 'freeze-everything',
      purpose: 'stop',
      fields: noteField('note-everything'),
      button: 'Freeze everything',
      isGrave: true,
    })}
  </section>`;
}

function part(party: Party, trust: Trust): Markup {
  const vaults = keysOf(party).flatMap(({ vault, state }) => (state === 'usable' ? [vault] : []));
  const named = new Set([
    ...trust.policy.caps.map(({ asset }) => asset),
    ...assets.map(({ code }) => code),
  ]);
  return html`<section>
    <h2>Freeze one vault or one asset</h2>
    <div class="pair">
      ${stopForm({
        what: 'freeze-vault',
        purpose: 'stop',
        fields: html`${choice('vault', { label: 'Vault', name: 'vault', values: [...new Set(vaults)].sort() })}${noteField('note-vault')}`,
        button: 'Freeze this vault',
      })}
      ${stopForm({
        what: 'freeze-asset',
        purpose: 'stop',
        fields: html`${choice('asset', { label: 'Asset', name: 'asset', values: [...named].sort() })}${noteField('note-asset')}`,
        button: 'Freeze this asset',
      })}
    </div>
  </section>`;
}

function keyChoices(party: Party, people: readonly RosterPerson[]): Markup {
  const groups = people.map((person) => {
    const keys = keysThatCount(party, person).map(
      (key) =>
        html`<option value="${person.id} ${key.id}">
          ${person.id}: only “${keyWords(Buffer.from(key.publicKey, 'base64url')).join(' ')}”
        </option>`,
    );
    return html`<optgroup label="${person.id}">
      <option value="${person.id}">${person.id}: every key</option>
      ${keys}
    </optgroup>`;
  });
  return html`<label for="keys">Whose keys, and which</label>
    <select id="keys" name="keys" required>
      <option value="">Choose</option>
      ${groups}
    </select>
    <p class="quiet">The words of a key stand on the console's page of the person.</p>`;
}

const keyInput = html`<label for="keys"
    >Id of the person, and behind a space the id of one key</label
  >
  <input id="keys" name="keys" required autocomplete="off" spellcheck="false" />`;

function revoke(party: Party, trust: Trust): Markup {
  const { people } = trust.roster;
  const field = people.length > CHOICES_MAX ? keyInput : keyChoices(party, people);
  return html`<section>
    <h2>Revoke keys</h2>
    <p>
      For a key that is lost, or a person who must not state anything any more. What the keys said
      before ends with them; they never count again.
    </p>
    ${stopForm({
      what: 'revoke',
      purpose: 'stop',
      fields: html`${field}${noteField('note-revoke')}`,
      button: 'Revoke',
    })}
  </section>`;
}

function remove(party: Party): Markup {
  const listed = listedDestinations(party.database, CHOICES_MAX + 1);
  return html`<section>
    <h2>Remove a destination</h2>
    <p>Nothing goes there any more. To send there again, it is listed under another name.</p>
    ${stopForm({
      what: 'remove-destination',
      purpose: 'stop',
      fields: html`${choice('destination', { label: 'Destination', name: 'destination', values: listed })}${noteField('note-destination')}`,
      button: 'Remove this destination',
    })}
  </section>`;
}

function rejectUnseen(): Markup {
  return html`<section id="reject">
    <h2>Reject an operation that this party never saw</h2>
    <p>
      For one that the console holds back. Id, digest and attempt stand in whatever shows it to you;
      the no counts for exactly that content, whenever it comes.
      <a href="/operations">Operations that were shown here</a> have a page of their own.
    </p>
    ${stopForm({
      what: 'reject',
      purpose: 'reject',
      fields: html`<label for="operation">Id of the operation</label>
        <input
          id="operation"
          name="operation"
          required
          autocomplete="off"
          spellcheck="false"
          maxlength="36"
        />
        <label for="digest">Digest, 64 digits</label>
        <input
          id="digest"
          name="intentDigest"
          required
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
        />
        <label for="attempt">Attempt</label>
        <input id="attempt" name="attempt" required value="1" inputmode="numeric" maxlength="3" />
        ${rejectFields('note-reject')}`,
      button: 'Reject this operation',
    })}
  </section>`;
}

export function frozenNow(party: Party): Markup {
  const freezes = standingFreezes(party.database, party.kek);
  const rows = freezes.map(
    ({ operation, scope, frozenAt }) =>
      html`<li>
        <strong>${scopeWords(scope)}</strong>, since ${utc(frozenAt)} (<a
          href="/stopped/${operation}"
          >what the others know</a
        >)
      </li>`,
  );
  return html`<section>
    <h2>What stands still here now</h2>
    ${
      rows.length === 0
        ? html`<p>Nothing.</p>`
        : html`<ul>
            ${rows}
          </ul>`
    }
  </section>`;
}

export function renderStop(party: Party, trust: Trust): string {
  const fault = findAddressFault(party, trust);
  const body =
    fault === null
      ? html`${everything(party, trust)}${frozenNow(party)}${part(party, trust)}${revoke(party, trust)}${remove(party)}${rejectUnseen()}`
      : html`<section>${alert(fault)}</section>
          ${frozenNow(party)}`;
  return frame(party, {
    heading: 'Freeze or stop',
    lead: 'One person with a key is enough, and it takes effect here at once. Nobody at the console can hold it back.',
    current: '/stop',
    body,
    keys: fault === null,
  });
}
