import { DeadlineError } from '../deadlines.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { requestClock, type Seat } from './clock.ts';
import { loadRequest } from './load-request.ts';
import { lineOf, type LineRow, type RequestLine } from './request-line.ts';

type Moment = {
  seat: Seat | null;
  now: Date;
  /** ISO day at the seat. */
  today: string;
};

/**
 * Rows as lists show them. The day of a request that pauses moves as long as nobody answers, so its clock is counted now;
 * of the others it is what it was at their last event.
 * @param rows one page.
 */
export async function linesNow(
  tx: Tx,
  rows: readonly LineRow[],
  moment: Moment,
): Promise<RequestLine[]> {
  const lines: RequestLine[] = [];
  for (const row of rows) {
    const line = lineOf(row, moment.today);
    const clock = row.clock === 'paused' ? await clockNow(tx, row.id, moment) : null;
    lines.push(clock === null ? line : { ...line, clock });
  }
  return lines;
}

async function clockNow(tx: Tx, id: string, { seat, now }: Moment): Promise<RequestLine['clock']> {
  const file = seat && (await loadRequest(tx, id));
  if (!file) return null;
  try {
    const { state, dueOn, targetOn, daysLeft } = requestClock(file.standing, seat, now);
    return { state, dueOn, targetOn, daysLeft };
  } catch (error) {
    if (error instanceof DeadlineError) return null;
    throw error;
  }
}
