/** One movement as one side of a reconciliation tells it: plain text only, so that it is kept as it was. */
export type Item = {
  /** Names it on its side, for good: `journal:12:1`, a transaction id, an entry of a statement. */
  ref: string;
  /** Id of the chain's transaction, or whatever both sides know the movement by; null without one. */
  transaction: string | null;
  /** What people wrote on it, for rules that compare it; null without one. */
  reference: string | null;
  /** Smallest unit; more than zero came in, less than zero went out. Never zero. */
  amount: string;
  /** ISO instant. */
  at: string;
  /** Journal that this one corrects, or that took back what this one credits again; only the ledger has it. */
  corrects: string | null;
  /** Where the chain showed it when it was booked; null for what never was seen there. */
  position: string | null;
  /** True while something of ours is still under way that will bring the other side. */
  underWay: boolean;
  /** Set once the same side had told the same thing before, and that was matched. */
  isTwin?: true | undefined;
};

/** One side: what it stands at, and the movements that are not settled yet. */
export type Side = {
  /** What says so: `ledger`, `solana:mainnet`, the name of a statement. */
  source: string;
  /** Where it was read: a close of the books, a slot, a statement's number. */
  position: string;
  /** Smallest unit, at that position, with the sign of an asset. */
  balance: string;
  items: readonly Item[];
  /** What the balance is made of, where it is a sum over accounts. */
  parts: readonly { name: string; amount: string }[];
};

/** In the order of moment and name, whatever order they came in. */
export const byMoment = (a: Item, b: Item): number =>
  compareText(a.at, b.at) || compareText(a.ref, b.ref);

/** By code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export const sumOf = (items: readonly Item[]): bigint =>
  items.reduce((total, { amount }) => total + BigInt(amount), 0n);
