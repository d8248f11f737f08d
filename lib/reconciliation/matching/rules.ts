/** How items that share no transaction id may still be matched. Declared per kind of run, kept with it. */
import type { RunKind } from './inputs.ts';

export type Rule =
  /** Several to several, where all items with one reference sum to the same on both sides. */
  | { name: string; by: 'reference' }
  /**
   * One to one, the same amount (or less than it by no more than the fee, in the smallest unit)
   * within so many days.
   */
  | { name: string; by: 'amount'; days: number; feeTolerance: string };

/**
 * A chain names its transactions, so nothing else matches there; a difference is never waved
 * through. Banks book in sums, and some days later.
 */
export function rulesOf(kind: RunKind): readonly Rule[] {
  if (kind !== 'bank') return [];
  return [
    { name: 'same reference, same sum', by: 'reference' },
    { name: 'same amount within three days', by: 'amount', days: 3, feeTolerance: '0' },
  ];
}

/** The largest difference that still passes for a fee under these rules. */
export const feeToleranceOf = (rules: readonly Rule[]): bigint =>
  rules.reduce((most, rule) => {
    const tolerance = rule.by === 'amount' ? BigInt(rule.feeTolerance) : 0n;
    return tolerance > most ? tolerance : most;
  }, 0n);
