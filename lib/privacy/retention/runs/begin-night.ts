import { randomUUID } from 'node:crypto';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';

/** Begins the run of this day's night. @returns its id, or null where it has been. */
export async function beginNight({
  db,
  clock,
}: Pick<Context, 'db' | 'clock'>): Promise<string | null> {
  const now = clock();
  const day = startOfDay(dayOf(now));
  const known = await db.retentionRun.count({ where: { kind: 'nightly', day } });
  if (known > 0) return null;
  const id = randomUUID();
  try {
    await db.$executeRaw`insert into retention_run (id, kind, day, asked_by, asked_at)
      values (${id}::uuid, 'nightly', ${day}::date, 'system', ${now})`;
    return id;
  } catch (error) {
    // Another worker began it at the same moment.
    if (sqlStateOf(error) === '23505') return null;
    throw error;
  }
}
