/** What the party did and refused last, from its own record. */
import { isRefusal, refusalSentence } from '../../refusals.ts';
import type { Party } from '../party.ts';
import { latestAudit, type AuditRecord } from '../store/audit.ts';
import { utc } from '../view/section.ts';
import { html, type Markup } from './markup.ts';

const DECISIONS_SHOWN = 20;

const eventWords: Readonly<Record<AuditRecord['event'], string>> = {
  started: 'Party started',
  'genesis-offered': 'Genesis offered by the console',
  'genesis-pinned': 'Genesis pinned',
  'pin-refused': 'Pin refused',
  adopted: 'Change adopted',
  stopped: 'A person said no',
  'peer-set-back': 'Another party was put back to an old copy',
  'own-store-behind': 'Another party has seen this one further than its own records go',
  'code-shown': 'Code shown to a person of this group',
  'ceremony-begun': 'Key ceremony begun',
  'ceremony-prepared': 'Key share stored',
  'ceremony-aborted': 'Key ceremony stopped',
  'key-usable': 'Key ready for use',
  'share-lost': 'Key share cannot be opened',
  'refresh-begun': 'Key refresh begun',
  'refresh-aborted': 'Key refresh stopped',
  'epoch-prepared': 'Next epoch stored',
  'epoch-usable': 'Next epoch in use',
  'epoch-erased': 'Epoch before erased',
  'repair-begun': 'Share repair begun',
  'repair-aborted': 'Share repair stopped',
  'share-repaired': 'Share repaired',
  'pair-banned': 'A check against another party failed: its pair with this one is destroyed',
  'backup-sealed': 'Share sealed for its custodians',
  decided: 'Decided to sign',
  confirmed: 'A person confirmed by key press',
  released: 'Signature share handed out',
  signed: 'Signature complete',
  refused: 'Refused',
};

/** What the party notes without refusing an operation. */
const ownReasons: Readonly<Record<string, string>> = {
  'setup-code-wrong': 'A wrong set-up code was entered.',
};

function reason(refusal: string | null): Markup | null {
  if (refusal === null) return null;
  const sentence = isRefusal(refusal)
    ? `${refusal}: ${refusalSentence(refusal)}`
    : (ownReasons[refusal] ?? refusal);
  return html`<br /><span class="quiet">${sentence}</span>`;
}

export function decisions(party: Party): Markup {
  const rows = latestAudit(party.database, DECISIONS_SHOWN).map(
    (entry) =>
      html`<tr>
        <td><time datetime="${entry.at}">${utc(entry.at)}</time></td>
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
            <th scope="col">When</th>
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
