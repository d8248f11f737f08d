/** The party's own page: what it is, which genesis it is offered or has pinned, what it decided. */
import type { GenesisDocument } from '#lib/protocol/genesis.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { publicKeyOf } from '../../frost/group.ts';
import { isRefusal, refusalSentence } from '../../refusals.ts';
import { keysOf, type Party } from '../party.ts';
import { setupCodePath } from '../setup-code.ts';
import { latestAudit, type AuditRecord } from '../store/audit.ts';
import { readGenesis, type GenesisRecord, type Trust } from '../store/trust.ts';
import { vaultAddress } from '../vault-address.ts';
import { html, type Markup } from './markup.ts';
import { styleElement } from './style.ts';

const DECISIONS_SHOWN = 20;

const eventWords: Readonly<Record<AuditRecord['event'], string>> = {
  started: 'Party started',
  'genesis-offered': 'Genesis offered by the console',
  'genesis-pinned': 'Genesis pinned',
  'pin-refused': 'Pin refused',
  adopted: 'Change adopted',
  'ceremony-begun': 'Key ceremony begun',
  'ceremony-prepared': 'Key share stored',
  'ceremony-aborted': 'Key ceremony stopped',
  'key-usable': 'Key ready for use',
  decided: 'Decided to sign',
  released: 'Signature share handed out',
  signed: 'Signature complete',
  refused: 'Refused',
};

const fact = (name: string, value: Markup | string | number): Markup =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

/** Digests and keys in groups of eight, so that they can be read out. */
const hex = (text: string): Markup =>
  html`<code>${text.match(/.{1,8}/gu)?.join(' ') ?? text}</code>`;

const words = (digest: string): Markup =>
  html`<p class="words">${digestWords(digest).join(' ')}</p>`;

function identity(party: Party): Markup {
  const { config, identity: own } = party;
  return html`<section>
    <h2>This party</h2>
    <dl>
      ${fact('Name', config.name)}${fact('Acts for the group', config.group)}${fact('Runs as', config.mode)}
      ${fact('Identity key', hex(own.identityKey))}${fact('Exchange key', hex(own.exchangeKey))}
      ${fact('Clock', party.now().toISOString())}
    </dl>
  </section>`;
}

function people({ roster }: GenesisDocument): Markup {
  const rows = roster.people.map(
    (person) =>
      html`<tr>
        <td><code>${person.id}</code></td>
        <td>${person.group ?? 'none'}</td>
        <td>${person.roles.join(', ')}</td>
        <td>${person.credentials.length}</td>
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
          <th scope="col">Group</th>
          <th scope="col">Roles</th>
          <th scope="col">Keys</th>
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
        <td>${hex(entry.identityKey)}</td>
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
          <th scope="col">Identity key</th>
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

function pinForm(party: Party, digest: string): Markup {
  return html`<section>
    <h2>Pin this genesis</h2>
    <p>
      Compare the words with those that every founder sees. Pin only when they are the same: from
      then on this party believes nobody else, and pinning can't be undone.
    </p>
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
      />
      <button>Pin genesis</button>
    </form>
  </section>`;
}

function offered(party: Party, genesis: GenesisRecord | null): Markup {
  if (!genesis)
    return html`<section>
      <h2>No genesis yet</h2>
      <p>
        Nothing has been offered to this party. The founders sign the genesis at the console; then
        its words appear here to be compared and pinned.
      </p>
    </section>`;
  const { document } = genesis.bundle;
  return html`<section>
      <h2>Genesis on offer</h2>
      ${words(genesis.digest)}
      <dl>
        ${fact('Digest', hex(genesis.digest))}${fact('Organisation', document.organisation)}
        ${fact('Environment', document.environment)}
        ${fact('Origins', document.roster.relyingParty.origins.join(', '))}
        ${fact('Signed by', `all ${document.roster.people.length} founders; each signature was checked here`)}
      </dl>
      ${people(document)}${parties(document)}
    </section>
    ${pinForm(party, genesis.digest)}`;
}

function pinned(party: Party, trust: Trust, genesis: GenesisRecord | null): Markup {
  const keys = keysOf(party).map(
    (record) =>
      html`<tr>
        <td>${record.key}</td>
        <td>${record.vault} (${record.tier})</td>
        <td><code>${vaultAddress(record) ?? publicKeyOf(record.group)}</code></td>
        <td>${record.state === 'usable' ? 'ready for use' : 'waits for the other parties'}</td>
      </tr>`,
  );
  return html`<section>
      <h2>Pinned genesis</h2>
      ${words(trust.genesisDigest)}
      <dl>
        ${fact('Digest', hex(trust.genesisDigest))}${fact('Organisation', trust.roster.organisation)}
        ${fact('Pinned', genesis?.pinnedAt ?? '')}
        ${fact('Roster in force', `version ${trust.roster.version}`)}${fact('Roster head', hex(trust.rosterHead))}
        ${fact('Policy in force', `version ${trust.policy.version}`)}${fact('Policy head', hex(trust.policyHead))}
      </dl>
    </section>
    <section>
      <h2>Keys</h2>
      ${
        keys.length === 0
          ? html`<p class="quiet">None yet. A key ceremony makes the first.</p>`
          : html`<div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Key</th>
                    <th scope="col">Vault</th>
                    <th scope="col">Address</th>
                    <th scope="col">State</th>
                  </tr>
                </thead>
                <tbody>
                  ${keys}
                </tbody>
              </table>
            </div>`
      }
    </section>`;
}

function reason(refusal: string | null): Markup | null {
  if (refusal === null) return null;
  const sentence = isRefusal(refusal) ? `${refusal}: ${refusalSentence(refusal)}` : refusal;
  return html`<br /><span class="quiet">${sentence}</span>`;
}

function decisions(party: Party): Markup {
  const rows = latestAudit(party.database, DECISIONS_SHOWN).map(
    (entry) =>
      html`<tr>
        <td><time>${entry.at}</time></td>
        <td>${eventWords[entry.event]}${reason(entry.refusal)}</td>
        <td><code>${entry.operation ?? ''}</code></td>
      </tr>`,
  );
  return html`<section>
    <h2>Last decisions</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">When (UTC)</th>
            <th scope="col">What</th>
            <th scope="col">Operation</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** @param problem one constant sentence about the form that was sent, or null. */
export function renderPage(party: Party, problem: string | null): string {
  const { config, trust } = party;
  const genesis = readGenesis(party.database);
  const strip =
    config.mode === 'sandbox'
      ? html`<p class="strip">Sandbox. Nothing here protects anything of value.</p>`
      : null;
  const state = trust
    ? 'This party decides for itself. It believes its own records and nobody else.'
    : 'This party is new: it takes part in nothing until a genesis is pinned here.';
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Party ${config.name}, Countersign</title>
        ${styleElement}
      </head>
      <body>
        ${strip}
        <main>
          <h1>Party ${config.name}</h1>
          <p class="quiet">${state}</p>
          ${problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`}
          ${trust ? pinned(party, trust, genesis) : offered(party, genesis)}${identity(party)}${decisions(party)}
        </main>
      </body>
    </html>`.text;
}
