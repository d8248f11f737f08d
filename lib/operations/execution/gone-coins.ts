/** Which coins that should lie at an address do not, by what a node gives out of it. Pure. */
import type { Coins } from '#lib/chains/bitcoin/client/source.ts';

export type KnownCoin = { txid: string; vout: number; amount: bigint };

export const outpointText = ({ txid, vout }: Pick<KnownCoin, 'txid' | 'vout'>): string =>
  `${txid}:${vout}`;

/**
 * Anybody can send dust to an address until a node no longer gives out all of it. It gives out the largest, so a coin
 * larger than the smallest of those would be among them; of the others nothing is said.
 */
export function goneCoins(known: readonly KnownCoin[], { coins, isWhole }: Coins): KnownCoin[] {
  const there = new Set(coins.map(outpointText));
  const [first, ...rest] = coins.map(({ amount }) => amount);
  // A list that leaves coins out and gives none says nothing of any.
  if (!isWhole && first === undefined) return [];
  const smallest = rest.reduce((least, amount) => (amount < least ? amount : least), first ?? 0n);
  return known.filter(
    (coin) => !there.has(outpointText(coin)) && (isWhole || coin.amount > smallest),
  );
}
