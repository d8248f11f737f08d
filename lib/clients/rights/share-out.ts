/** Who gets how much of what an event brought, exactly and without a rest. Pure. */

export type Holder = {
  /** Ledger account that held the asset: a client's, or suspense, whose owner may turn up. */
  account: string;
  /** Smallest units at the event, zero or more. */
  position: bigint;
};

export type Share = Holder & { amount: bigint };

/**
 * Shares a total out in proportion to positions. Each gets the whole units of their proportion; what
 * is left over goes one unit each to the largest remainders, then to the larger position, then in the
 * order of names. So the same event always gives the same shares, and they sum to the total.
 * @throws when there is something to share and nobody held anything, or a figure is negative.
 */
export function shareOut(total: bigint, holders: readonly Holder[]): Share[] {
  if (total < 0n || holders.some(({ position }) => position < 0n))
    throw new RangeError('Shares are made of figures that are not negative.');
  const sum = holders.reduce((held, { position }) => held + position, 0n);
  if (sum === 0n && total > 0n) throw new RangeError('Nobody held anything to share by.');
  if (sum === 0n) return holders.map((holder) => ({ ...holder, amount: 0n }));
  const parts = holders.map((holder) => ({
    ...holder,
    amount: (total * holder.position) / sum,
    rest: (total * holder.position) % sum,
  }));
  const left = total - parts.reduce((given, { amount }) => given + amount, 0n);
  const first = parts.toSorted(
    (a, b) =>
      compare(b.rest, a.rest) || compare(b.position, a.position) || byName(a.account, b.account),
  );
  const extra = new Set(first.slice(0, Number(left)).map(({ account }) => account));
  return parts.map(({ account, position, amount }) => ({
    account,
    position,
    amount: extra.has(account) ? amount + 1n : amount,
  }));
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
