/** A difference that a run found: what it is known by from run to run, and what it says. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { Cause } from './cause.ts';
import type { RunInputs } from './inputs.ts';
import type { Item } from './item.ts';

export type Difference = {
  /** The same difference has the same identity in every run. */
  identity: string;
  /** Digest of its amounts; changes when the difference changes. */
  content: string;
  cause: Cause;
  /** Smallest unit: what the outside has beyond the books. Less than zero is a shortfall. */
  amount: string;
  /** ISO instant since which it is there: of its oldest item, or of the run that saw it. */
  since: string;
  ledger: readonly Item[];
  outside: readonly Item[];
};

/** `shortfall`: less is there than the books say. Zero counts as neither and is no difference. */
export const signOf = (amount: bigint): 'shortfall' | 'surplus' =>
  amount < 0n ? 'shortfall' : 'surplus';

/**
 * What it is known by: the transaction where there is one, so that a deposit that is booked late, or with
 * another amount, is the same break; otherwise the items themselves.
 * @param turn tells several of one transaction apart, counted from 0.
 */
export function identityOf(
  { kind, asset, place }: Pick<RunInputs, 'kind' | 'asset' | 'place'>,
  { ledger, outside }: { ledger: readonly Item[]; outside: readonly Item[] },
  turn: number,
): string {
  return contentDigest({
    type: 'countersign/break/v1',
    kind,
    asset,
    place,
    what: subjectOf(ledger, outside),
    turn,
  });
}

/** What a difference is about: `transaction:…`, the names of its items, or the balance itself. */
export function subjectOf(ledger: readonly Item[], outside: readonly Item[]): string {
  const [first] = [...ledger, ...outside];
  if (!first) return 'balance';
  if (first.transaction !== null) return `transaction:${first.transaction}`;
  return [...ledger, ...outside]
    .map(({ ref }) => ref)
    .toSorted()
    .join(' ');
}

export const differenceContent = (
  amount: bigint,
  ledger: readonly Item[],
  outside: readonly Item[],
): string =>
  contentDigest({
    type: 'countersign/break-content/v1',
    amount: amount.toString(),
    ledger: ledger.map((item) => ({ ref: item.ref, amount: item.amount })),
    outside: outside.map((item) => ({ ref: item.ref, amount: item.amount })),
  });
