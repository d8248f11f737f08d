/** Everything a run looks at, as it is kept: the same inputs give the same outcome at any time. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { Item, Side } from './item.ts';
import { byMoment, compareText } from './item.ts';
import type { Rule } from './rules.ts';

export const runKinds = ['chain', 'bank', 'liabilities'] as const;
/**
 * `chain`: a vault's account against the chain; `bank`: a bank account against its statement;
 * `liabilities`: what is owed against what is there, both by the books.
 */
export type RunKind = (typeof runKinds)[number];

export type RunInputs = {
  type: 'countersign/reconciliation-inputs/v1';
  kind: RunKind;
  asset: string;
  /** Vault or bank account; `all` for liabilities. */
  place: string;
  /** ISO instant at which it was looked; ages count from here. */
  at: string;
  /** How long the other side may take before an item is missing there, in seconds. */
  graceSeconds: number;
  rules: readonly Rule[];
  /** What the books say; for liabilities what is owed. */
  ledger: Side;
  /** What somebody else says; for liabilities what is there by the books. */
  outside: Side;
};

const orderedSide = (side: Side): Side => ({
  ...side,
  items: side.items.toSorted(byMoment),
  parts: side.parts.toSorted((a, b) => compareText(a.name, b.name)),
});

/** Inputs in their one order, so that sources may answer in any. */
export const ordered = (inputs: RunInputs): RunInputs => ({
  ...inputs,
  ledger: orderedSide(inputs.ledger),
  outside: orderedSide(inputs.outside),
});

/** Lower-case hex SHA-256 of the inputs, whatever order their items are in. */
export const inputsDigest = (inputs: RunInputs): string => contentDigest(ordered(inputs));

/** Digest of one side alone, to show which of the two changed. */
export const sideDigest = (side: Side): string => contentDigest(orderedSide(side));

/** What names the items of a side that come more than once; such inputs are refused. */
export function findRepeated(items: readonly Item[]): string | null {
  const seen = new Set<string>();
  for (const { ref } of items) {
    if (seen.has(ref)) return ref;
    seen.add(ref);
  }
  return null;
}
