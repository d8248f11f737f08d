/** Which account an intent moves, as far as this party holds the key of its vault. */
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import type { AccountInVault } from './decode-transaction.ts';
import { keysOf, type Party } from './party.ts';

const nowhere: AccountInVault = { record: null, owner: null };

/**
 * The key follows from the intent's vault and the party's own register, never from the request.
 * @param intent from outside; anything at all. It is decided about afterwards.
 * @param chain that the transaction is said to be for.
 */
export function accountInVault(party: Party, intent: unknown, chain: string): AccountInVault {
  const parsed = intentSchema.safeParse(intent);
  if (!parsed.success) return nowhere;
  const of = parsed.data;
  if (!movesCoins(of) && of.kind !== 'proof-of-control') return nowhere;
  const record = keysOf(party).find(
    (candidate) =>
      candidate.vault === of.vault && candidate.chain === chain && candidate.state === 'usable',
  );
  return { record: record ?? null, owner: movesCoins(of) ? ownerOf(of) : null };
}
