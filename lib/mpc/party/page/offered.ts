/** The genesis on offer: what people compare, and the form by which they pin it. */
import { genesisWords, keyWords, partyWords } from '#lib/protocol/fingerprints.ts';
import type { GenesisDocument } from '#lib/protocol/genesis.ts';
import type { Party } from '../party.ts';
import { setupCodePath } from '../setup-code.ts';
import type { GenesisRecord } from '../store/trust.ts';
import { html, type Markup } from './markup.ts';
import { alert, fact, hex, words } from './parts.ts';

function people({ roster }: GenesisDocument): Markup {
  const rows = roster.people.map(
    (person) =>
      html`<tr>
        <td><code>${person.id}</code></td>
        <td>${person.roles.join(', ')}${person.group === null ? '' : ` of ${person.group}`}</td>
        <td>
          ${person.credentials.map((key) => html`<p class="key">${keyWords(Buffer.from(key.publicKey, 'base64url')).join(' ')}</p>`)}
        </td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <caption class="quiet">
        People of the first roster
      </caption>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Part</th>
          <th scope="col">Words of each key</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function parties({ roster }: GenesisDocument): Markup {
  const rows = roster.parties.map(
    (entry) =>
      html`<tr>
        <td>${entry.index}</td>
        <td>${entry.name}</td>
        <td>${entry.group}</td>
        <td><p class="key">${partyWords(entry).join(' ')}</p></td>
        <td>${entry.origin ?? 'none'}</td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <caption class="quiet">
        Parties
      </caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Party</th>
          <th scope="col">Group</th>
          <th scope="col">Words</th>
          <th scope="col">Address of its pages</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** Where the code lies, for the person at the party's machine; only a sandbox names its folders. */
function codePlace({ config }: Party): Markup {
  const file =
    config.mode === 'sandbox'
      ? html`<code>${setupCodePath(config.dataFolder)}</code>`
      : html`<code>setup-code</code> of this party's data folder`;
  return html`<p id="code-place" class="quiet">
    It lies in the file ${file}, which only the user that this party runs as can read. A terminal
    from which the party was first started showed it, too.
  </p>`;
}

function pinForm(party: Party, digest: string, problem: string | null): Markup {
  const isWrong = problem !== null;
  return html`<section>
    <h2>Pin this genesis</h2>
    <ol>
      <li>The twelve words above must be those that every founder sees on the console.</li>
      <li>People and parties must be those you know, each in their own part.</li>
      <li>
        Then pin it, with the set-up code. From then on this party believes nobody else. It pins
        once, and that can't be undone; when a word differs, do not pin, and tell the founders.
      </li>
    </ol>
    ${alert(problem)}
    <form method="post" action="/pin">
      <input type="hidden" name="digest" value="${digest}" />
      <label for="code">Set-up code of this party</label>
      ${codePlace(party)}
      <input
        id="code"
        name="code"
        required
        autocomplete="off"
        spellcheck="false"
        maxlength="100"
        aria-describedby="code-place"
        ${isWrong ? html`aria-invalid="true" autofocus` : null}
      />
      <button>Pin genesis</button>
    </form>
  </section>`;
}

export const nothingOffered = html`<section>
  <h2>No genesis yet</h2>
  <p>
    Founders compare the six words above with those the console shows, before they sign there. Once
    all of them have signed, the document appears here to be compared again and pinned: load this
    page again then.
  </p>
</section>`;

/** @param problem about the form that was sent, or null. */
export function offered(party: Party, genesis: GenesisRecord, problem: string | null): Markup {
  const { document } = genesis.bundle;
  return html`<section>
      <h2>Genesis on offer</h2>
      ${words(genesisWords(genesis.digest))}
      <dl>
        ${fact('Digest', hex(genesis.digest))}${fact('Organisation', document.organisation)}
        ${fact('Environment', document.environment)}
        ${fact('Origins', document.roster.relyingParty.origins.join(', '))}
        ${fact('Signed by', `all ${document.roster.people.length} founders; each signature was checked here`)}
      </dl>
      ${people(document)}${parties(document)}
    </section>
    ${pinForm(party, genesis.digest, problem)}`;
}
