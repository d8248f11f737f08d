/** What people may state as the highest fee, whoever drew it up for them. */
import { findChain } from '#lib/chains/registry.ts';
import { movesCoins, type Intent } from '#lib/protocol/intent.ts';

/**
 * True where the stated highest fee is above the chain's own bound. A fee goes to whoever makes the block, so a bound
 * that people did not look at closely would let a hostile console burn a client's coins, or pay them to itself.
 */
export function isFeeBoundTooHigh(intent: Intent): boolean {
  if (!movesCoins(intent)) return false;
  const facts = findChain(intent.chain);
  return facts !== null && BigInt(intent.highestFee) > facts.highestFee;
}
