/** Why something that is due is left where it is. Pure, for screens too. */

export const skipReasons = {
  hold: 'A legal hold covers it',
  restriction: 'Its use is restricted, and the person wants it kept',
  request: 'A request of the person is not answered',
  operation: 'An operation of the client is under way',
  duty: 'Another duty keeps all that is left of it',
  incident: 'An incident that is linked, or a report about it, is open',
  texts:
    'It would take more out of what others wrote than a night may: two people decide on an erasure at a request',
  'works-here': 'The person works with the console',
} as const;
export type SkipReason = keyof typeof skipReasons;

export type Skipped = Partial<Record<SkipReason, number>>;

export const countSkipped = (skipped: Skipped): number =>
  Object.values(skipped).reduce((sum, count) => sum + count, 0);

/** Both counts together. */
export function addSkipped(one: Skipped, reasons: readonly (SkipReason | null)[]): Skipped {
  const sum: Skipped = { ...one };
  for (const reason of reasons) if (reason !== null) sum[reason] = (sum[reason] ?? 0) + 1;
  return sum;
}
