/**
 * Finds what a rule keeps no longer, a page at a time in the order of the days from which periods count, out of indexes.
 * Each comes with the reason for which it is left, if there is one.
 */
import { dayOf } from '#lib/platform/days.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { newestTrigger } from '../due.ts';
import { categoryOf, isFileCode, type RunCode } from '../schedule.ts';
import { dueFiles } from './due-files.ts';
import { duePeople } from './due-people.ts';
import type { SkipReason } from './skips.ts';

export type DueRow = {
  /** A person's id, or the number of a request, a hold or a breach. */
  subject: string;
  /** Day by which pages go along the index. */
  triggerOn: string;
  /** Day from which the period counted. */
  countsFrom: string;
  skip: SkipReason | null;
};

/** The first and the last day from which periods counted; null for none. */
export function spanOf(
  rows: readonly Pick<DueRow, 'countsFrom'>[],
  before: { oldest: string | null; newest: string | null },
): { oldest: string | null; newest: string | null } {
  const days = [before.oldest, before.newest, ...rows.map(({ countsFrom }) => countsFrom)]
    .filter((day) => day !== null)
    .toSorted();
  return { oldest: days[0] ?? null, newest: days.at(-1) ?? null };
}

/** The last one of the page before. */
export type DueCursor = Pick<DueRow, 'subject' | 'triggerOn'>;
export const fromTheStart: DueCursor = { subject: '', triggerOn: '0001-01-01' };

export type DuePage = {
  /** As of which it is looked for. */
  day: string;
  /** Newest day from which a period counts that is over. */
  newest: string;
  after: DueCursor;
  most: number;
  /** Looks at nobody else. */
  only?: string | undefined;
};
export type FoundRow = {
  subject: string;
  triggerOn: Date;
  countsFrom?: Date | null;
  skip: SkipReason | null;
};

/**
 * @param day as of which it is looked for, YYYY-MM-DD.
 * @param only the one person to look at, to see whether they are still due.
 */
export async function findDue(
  tx: Database | Tx,
  code: RunCode,
  { day, after, most, only }: { day: string; after: DueCursor; most: number; only?: string },
): Promise<DueRow[]> {
  const { period } = categoryOf(code);
  if (period === null) return [];
  const page = { day, newest: newestTrigger(period, day), after, most, only };
  const rows = isFileCode(code) ? await dueFiles(tx, code, page) : await duePeople(tx, code, page);
  return rows.map(({ subject, triggerOn, countsFrom, skip }) => ({
    subject,
    triggerOn: dayOf(triggerOn),
    countsFrom: dayOf(countsFrom ?? triggerOn),
    skip,
  }));
}
