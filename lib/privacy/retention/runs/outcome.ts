/** What a run may do with what it found by a rule. Pure. */

/** So many go without anybody asked; more than that in a night is a mistake until somebody says it is none. */
export const boundLeast = 500;
/** How many times the usual is still usual. */
export const boundTimes = 10;
/** So many of one rule in one night at most, whoever approved what: the rest goes in the nights that follow. */
export const actsMax = 2_000;

export type Weighing = {
  kind: 'nightly' | 'rehearsal';
  /** Found and not left for a reason. */
  free: number;
  /** This version of the rule was approved, and not stopped since. */
  isApproved: boolean;
  /** How many the newest approval saw; null where a run acted since. */
  approvedUpTo: number | null;
  /** How many went in the runs before, newest first. */
  earlier: readonly number[];
};

/** The most that goes in one night without anybody asked anew. */
export function boundOf({
  earlier,
  approvedUpTo,
}: Pick<Weighing, 'earlier' | 'approvedUpTo'>): number {
  const some = earlier.slice(0, 10);
  const usual = some.length === 0 ? 0 : some.reduce((sum, one) => sum + one, 0) / some.length;
  return Math.max(boundLeast, Math.ceil(usual * boundTimes), approvedUpTo ?? 0);
}

export type Verdict = 'nothing' | 'rehearsed' | 'waits' | 'asks' | 'act';

export function verdictOf(weighing: Weighing): Verdict {
  const { kind, free, isApproved } = weighing;
  if (free === 0) return 'nothing';
  if (kind === 'rehearsal') return 'rehearsed';
  if (!isApproved) return 'waits';
  return free > boundOf(weighing) ? 'asks' : 'act';
}
