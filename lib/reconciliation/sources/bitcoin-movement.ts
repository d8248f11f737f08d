/** What one transaction on Bitcoin did to a vault, in the lines that the books would write. Pure. */
import type { RawTransaction } from '#lib/chains/bitcoin/client/raw-transaction.ts';

export type MovementLine = {
  /** Number of the output that came in; `paid` and `fee` of what a payment took out. */
  place: string;
  /** Satoshi, less than zero for what left. */
  amount: bigint;
};

/** An output that a transaction spends: what it is worth, and whether it lay in the vault. */
export type SpentCoin = { amount: bigint; isOurs: boolean };

/**
 * A payment by the vault is one line for what it paid, change left out, and one for its fee; anything else is
 * one line for each output that came in.
 * @param spent by its inputs, in their order.
 * @param scripts hex of the vault's own.
 * @throws RangeError when there is not one coin for each input.
 */
export function linesOf(
  { inputs, outputs }: RawTransaction,
  spent: readonly SpentCoin[],
  scripts: ReadonlySet<string>,
): MovementLine[] {
  if (spent.length !== inputs.length) throw new RangeError('Each input spends one coin');
  const came = outputs.flatMap(({ amount, script }, vout): MovementLine[] =>
    scripts.has(script) && amount > 0n ? [{ place: String(vout), amount }] : [],
  );
  const left = sum(spent.filter(({ isOurs }) => isOurs));
  if (left === 0n) return came;
  const net = sum(came) - left;
  // With somebody else's coins among them nobody can say whose the fee was.
  const fee = spent.every(({ isOurs }) => isOurs) ? sum(spent) - sum(outputs) : 0n;
  return [
    { place: 'paid', amount: net + fee },
    { place: 'fee', amount: -fee },
  ].filter(({ amount }) => amount !== 0n);
}

const sum = (amounts: readonly { amount: bigint }[]): bigint =>
  amounts.reduce((total, { amount }) => total + amount, 0n);

export const outpointText = ({ txid, vout }: { txid: string; vout: number }): string =>
  `${txid}:${vout}`;
