/** The desk of a cold party: where people bring documents, read them, press their key and take answers. */
import { keyWords } from '#lib/protocol/fingerprints.ts';
import type { RosterPerson } from '#lib/protocol/roster.ts';
import { progressSentence, type ChunkCollection } from '#lib/protocol/travel/chunk-collection.ts';
import { drawModules, modulesPath } from '#lib/protocol/travel/qr-code.ts';
import type { ColdDesk, Leaving } from '../cold-desk.ts';
import { whoMayConfirm } from '../cold-confirms.ts';
import { deskView } from '../cold-view.ts';
import { inWords } from '../view/section.ts';
import { sayings } from './forms.ts';
import { frame } from './frame.ts';
import { html, type Markup } from './markup.ts';
import { alert } from './parts.ts';
import { factRow, section } from './sections.ts';

/** Why keys can't be pressed at this address, or null: browsers bind them to a domain. */
function findKeyFault({ party }: ColdDesk): string | null {
  const rpId = party.trust?.roster.relyingParty.id;
  if (rpId === undefined) return null;
  const { hostname } = new URL(party.config.origin.origin);
  return hostname === rpId || hostname.endsWith(`.${rpId}`)
    ? null
    : `Keys of this organisation are bound to ${rpId}, and this page is at ${hostname}: no browser lets them be used here. Start the party with an origin under ${rpId}.`;
}

const bringForms = (chunks: ChunkCollection): Markup =>
  html`<section>
    <h2>Bring a document</h2>
    <div class="pair">
      <form method="post" action="/cold/read" enctype="multipart/form-data">
        <label for="file">As a file</label>
        <input id="file" name="file" type="file" required />
        <button>Read the file</button>
      </form>
      <form method="post" action="/cold/read" enctype="multipart/form-data">
        <label for="codes">As codes, one a line, as a scanner types them</label>
        <textarea
          id="codes"
          name="codes"
          rows="6"
          required
          autocomplete="off"
          spellcheck="false"
        ></textarea>
        <p class="quiet" role="status">${progressSentence(chunks)}</p>
        <button>Read the codes</button>
      </form>
    </div>
    ${chunks.of === null ? null : startOver}
  </section>`;

const startOver = html`<form method="post" action="/cold/clear">
  <button>Start the codes over</button>
</form>`;

const choice = (person: RosterPerson): Markup => {
  const [key] = person.credentials;
  const words = key ? keyWords(Buffer.from(key.publicKey, 'base64url')).join(' ') : '';
  return html`<option value="${person.id}">
    ${person.id}, ${inWords(person.roles)}, ${words}
  </option>`;
};

function confirmForm(desk: ColdDesk): Markup | null {
  const { party, current } = desk;
  if (!party.trust || current?.kind !== 'signing') return null;
  const fault = findKeyFault(desk);
  if (fault !== null) return html`<section>${alert(fault)}</section>`;
  const people = whoMayConfirm(party, party.trust, current.judged.prepared);
  return html`<section>
    <h2>Confirm with your key</h2>
    <p>
      For people of the group ${party.config.group} who did not raise this. With your key press the
      answer is made, and this party's part of the signature leaves with it.
    </p>
    <div class="who">
      <label for="who">Who you are</label>
      <select id="who">
        <option value="">My key says who I am (touch it twice)</option>
        ${people.map(choice)}
      </select>
    </div>
    <form data-prepare="/cold/prepare" data-hand="/cold/press" data-purpose="code">
      <input type="hidden" name="document" value="${current.digest}" />
      <button>Sign this transaction</button>
      ${sayings}
    </form>
  </section>`;
}

function proceedForm({ current }: ColdDesk): Markup | null {
  if (current?.kind !== 'round') return null;
  return html`<section>
    <h2>Let it be taken</h2>
    <p>The words above are those that were read at the console, and this is what you came for.</p>
    <form method="post" action="/cold/proceed">
      <input type="hidden" name="document" value="${current.digest}" />
      <button>Take the step</button>
    </form>
  </section>`;
}

const takeAway = ({ fileName, backup }: Leaving): Markup =>
  html`<section>
    <h2>Take the answer back</h2>
    <p><a href="/cold/answer" download="${fileName}">Save ${fileName}</a></p>
    <p><a href="/cold/codes/1">Show it as codes</a>, for the camera at the console.</p>
    ${
      backup &&
      html`<p>
        <a href="/cold/backup" download="${backup.name}">Save ${backup.name}</a>: the sealed share,
        for where its custodians' backups go. It opens only with their parts.
      </p>`
    }
  </section>`;

const clearForm = html`<section>
  <h2>Something else</h2>
  <p>Nothing is done with this document, and it can be read again.</p>
  <form method="post" action="/cold/clear"><button>Clear the desk</button></form>
</section>`;

function body(desk: ColdDesk, chunks: ChunkCollection): Markup {
  const view = deskView(desk);
  const { shown } = desk;
  if (!view) return bringForms(chunks);
  const leaving = shown && 'leaving' in shown ? shown.leaving : null;
  const { answer } = view;
  return html`${
    answer &&
    html`<section class="answer ${answer.mark ?? ''}"><dl>${factRow(answer)}</dl></section>`
  }
  ${leaving && takeAway(leaving)}${view.sections.map(section)}${confirmForm(desk)}${proceedForm(desk)}
  ${shown?.state === 'open' ? clearForm : bringForms(chunks)}`;
}

/** @param of.problem about what was sent, or null. */
export function renderColdDesk(
  desk: ColdDesk,
  of: { chunks: ChunkCollection; problem: string | null },
): string {
  const view = deskView(desk);
  return frame(desk.party, {
    heading: view?.heading ?? 'Desk',
    lead:
      view?.lead ??
      'This party has no network. What it is asked, and what it answers, is carried by people.',
    current: '/cold',
    body: html`${alert(of.problem)}${body(desk, of.chunks)}`,
    keys: desk.current?.kind === 'signing' && findKeyFault(desk) === null,
  });
}

/** How long each code stands, in seconds; cameras read one in less. */
const CODE_SECONDS = 1;

/**
 * One code of the answer, and by itself the next one.
 * @param of.place from 1.
 */
export function renderColdCode(
  desk: ColdDesk,
  of: { chunks: readonly string[]; place: number; isHeld: boolean },
): string {
  const { chunks, place, isHeld } = of;
  const modules = drawModules(chunks[place - 1] ?? '');
  const next = place === chunks.length ? 1 : place + 1;
  const turn = isHeld
    ? null
    : html`<meta http-equiv="refresh" content="${CODE_SECONDS};url=/cold/codes/${next}" />`;
  return frame(desk.party, {
    heading: `Code ${place} of ${chunks.length}`,
    lead: 'Hold the camera of the console at this screen. The codes go round until it has them all.',
    current: '/cold',
    body: html`<section>
      <svg
        class="qr"
        role="img"
        aria-label="Code ${place} of ${chunks.length}"
        viewBox="0 0 ${modules.length} ${modules.length}"
        shape-rendering="crispEdges"
      >
        <rect width="100%" height="100%" fill="#fff" />
        <path d="${modulesPath(modules)}" fill="#000" />
      </svg>
      <p>
        <a href="/cold/codes/${isHeld ? place : `${place}?hold`}"
          >${isHeld ? 'Go on' : 'Stop here'}</a
        >, <a href="/cold/codes/${next}${isHeld ? '?hold' : ''}">next</a>,
        <a href="/cold">back to the desk</a>
      </p>
    </section>`,
    ...(turn ? { head: turn } : {}),
  });
}
