/** The genesis in force at this party, and the keys it holds shares of. */
import { genesisWords } from '#lib/protocol/fingerprints.ts';
import { publicKeyOf } from '../../frost/group.ts';
import { standingKeys, type StandingKey } from '../key-standing.ts';
import type { Party } from '../party.ts';
import type { GenesisRecord, Trust } from '../store/trust.ts';
import { vaultAddress } from '../vault-address.ts';
import { utc } from '../view/section.ts';
import { html, type Markup } from './markup.ts';
import { fact, hex, words } from './parts.ts';

const stateWords: Readonly<Record<StandingKey['state'], string>> = {
  usable: 'ready for use',
  prepared: 'waits for the other parties',
  lost: 'share cannot be opened; it needs a repair',
};

export function pinned(party: Party, trust: Trust, genesis: GenesisRecord | null): Markup {
  const keys = standingKeys(party).map(
    ({ record, state }) =>
      html`<tr>
        <td>${record.key}</td>
        <td>${record.vault} (${record.tier})</td>
        <td><code>${vaultAddress(record) ?? publicKeyOf(record.group)}</code></td>
        <td>${record.epoch}</td>
        <td>${stateWords[state]}</td>
      </tr>`,
  );
  return html`<section>
      <h2>Pinned genesis</h2>
      ${words(genesisWords(trust.genesisDigest))}
      <dl>
        ${fact('Digest', hex(trust.genesisDigest))}${fact('Organisation', trust.roster.organisation)}
        ${genesis?.pinnedAt ? fact('Pinned', utc(genesis.pinnedAt)) : null}
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
                    <th scope="col">Epoch</th>
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
