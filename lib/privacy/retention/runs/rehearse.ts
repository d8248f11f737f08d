import type { Database } from '#lib/platform/db/client.ts';
import { runCodes, type RunCode } from '../schedule.ts';
import { findDue, fromTheStart, spanOf, type DueCursor } from './find-due.ts';
import { addSkipped, type Skipped } from './skips.ts';

export type Rehearsed = {
  rule: RunCode;
  due: number;
  skipped: Skipped;
  /** Days from which the periods of the first and the last counted. */
  oldest: string | null;
  newest: string | null;
  sample: string[];
};

const pageSize = 200;
const sampleMax = 10;

/**
 * What would go by each rule on a day. It reads alone, a page at a time, so what changes meanwhile may be counted or not.
 * @param day YYYY-MM-DD.
 */
export async function rehearse(db: Database, day: string): Promise<Rehearsed[]> {
  const lines: Rehearsed[] = [];
  for (const rule of runCodes) lines.push(await rehearseRule(db, rule, day));
  return lines;
}

async function rehearseRule(db: Database, rule: RunCode, day: string): Promise<Rehearsed> {
  let line: Rehearsed = { rule, due: 0, skipped: {}, oldest: null, newest: null, sample: [] };
  for (let after: DueCursor | undefined = fromTheStart; after !== undefined;) {
    const rows = await findDue(db, rule, { day, after, most: pageSize });
    const last = rows.at(-1);
    line = {
      rule,
      due: line.due + rows.length,
      skipped: addSkipped(
        line.skipped,
        rows.map(({ skip }) => skip),
      ),
      ...spanOf(rows, line),
      sample: [...line.sample, ...rows.map(({ subject }) => subject)].slice(0, sampleMax),
    };
    after = rows.length < pageSize ? undefined : last;
  }
  return line;
}
