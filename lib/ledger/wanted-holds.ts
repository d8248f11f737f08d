/** What is set aside for an operation that takes from a client. Pure. */
import { clientAccount } from './accounts.ts';

/** One hold on one account; amounts in the asset's smallest unit. */
export type WantedHold = {
  account: string;
  asset: string;
  /** All of it, more than zero. */
  amount: bigint;
  /** The part of it that bounds the network fee; zero where all of it is exact. */
  fee: bigint;
};

export type Taking = {
  client: string;
  /** What is taken exactly; null where an operation takes nothing but its fee. */
  exact: { asset: string; amount: bigint } | null;
  /** The bound of the network fee that the client bears; null where the custodian bears it. */
  fee: { asset: string; highest: bigint } | null;
};

/**
 * The holds of one operation: one for the amount and the highest fee together where both are in one asset, else one
 * for each. In the order in which accounts are locked, so that two operations at once don't wait for each other.
 */
export function wantedHolds({ client, exact, fee }: Taking): WantedHold[] {
  const parts = new Map<string, { amount: bigint; fee: bigint }>();
  if (exact) parts.set(exact.asset, { amount: exact.amount, fee: 0n });
  if (fee && fee.highest > 0n) {
    const amount = parts.get(fee.asset)?.amount ?? 0n;
    parts.set(fee.asset, { amount: amount + fee.highest, fee: fee.highest });
  }
  return [...parts]
    .map(([asset, part]) => ({ account: clientAccount(client, asset), asset, ...part }))
    .toSorted((one, other) => (one.account < other.account ? -1 : 1));
}
