/** Whose account pays, with the address that this party works out from the key it holds a share of. */
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { findChain } from '#lib/chains/registry.ts';
import { accountPath } from '#lib/protocol/account-path.ts';
import { movesCoins, type Intent } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { publicKeyOf } from '../../frost/group.ts';
import { accountInVault } from '../account-in-vault.ts';
import type { Party } from '../party.ts';
import { shown, type Fact } from './section.ts';

/** None where a vault has one address for all, which its own fact shows. */
export function accountFacts(party: Party, intent: Intent): Fact[] {
  if (!movesCoins(intent) || findChain(intent.chain)?.accounts !== 'by-owner') return [];
  const term = "Account that pays, by this party's key";
  const { record } = accountInVault(party, intent, intent.chain);
  if (!record)
    return [
      {
        term,
        text: `This party holds no share of a key of vault ${intent.vault} on ${intent.chain}, so it can't work it out.`,
        mark: 'danger',
      },
    ];
  const owner = ownerOf(intent);
  const key = {
    chain: intent.chain,
    suite: record.suite,
    publicKey: publicKeyOf(record.group),
  };
  const path = accountPath(owner, 'receive').join('/');
  return [
    {
      term,
      text: addressOfOwner(key, owner),
      as: 'address',
      notes: [
        owner === null
          ? 'The custodian’s own account.'
          : `The account of client ${shown(owner)} alone: nobody else’s coins are spent, and change goes back there.`,
        `m/${path} from key ${record.key}, of which this party holds a share.`,
      ],
    },
  ];
}
