/** Which coins that should lie at an address do not, by what a node gives out of it. Pure. */
import type { Coins } from '#lib/chains/bitcoin/client/source.ts';

export type KnownCoin = { txid: string; vout: number; amount: bigint };

export const outpointText = ({ txid, vout }: Pick<KnownCoin, 'txid' | 'vout'>): string =>
  `${txid}:${vout}`;

/**
 * Anybody can send dust to an address until a node no longer gives out all of it. It gives out the largest, so a coin
 * larger than the smallest of those would be among them; of the others nothing is said.
 * @param lying by address: those of one account, since a record does not say at which of them a coin lies.
 */
export function goneCoins(known: readonly KnownCoin[], ...lying: readonly Coins[]): KnownCoin[] {
  const there = new Set(lying.flatMap(({ coins }) => coins.map(outpointText)));
  // A list that leaves coins out and gives none says nothing of any.
  if (lying.some(({ isWhole, coins }) => !isWhole && coins.length === 0)) return [];
  const told = lying.filter(({ isWhole }) => !isWhole).map(({ coins }) => smallest(coins));
  return known.filter(
    (coin) => !there.has(outpointText(coin)) && told.every((least) => coin.amount > least),
  );
}

const smallest = ([first, ...rest]: Coins['coins']): bigint =>
  rest.reduce((least, { amount }) => (amount < least ? amount : least), first?.amount ?? 0n);
