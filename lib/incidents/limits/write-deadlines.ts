import { contentDigest } from '#lib/audit/content-digest.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Clock } from '../clocks.ts';

/**
 * Keeps what was computed, as a new version of each time limit that became another; the earlier ones stay. With the
 * limit stand the rule, what it was computed from and the calendar, so that it can be checked later.
 * @returns how many became another.
 */
export async function writeDeadlines(
  tx: Tx,
  incidentId: string,
  clocks: readonly Clock[],
  at: Date,
): Promise<number> {
  const newest = await tx.incidentDeadline.findMany({
    where: { incidentId },
    orderBy: [{ clock: 'asc' }, { version: 'desc' }],
    distinct: ['clock'],
  });
  const before = new Map(newest.map((row) => [row.clock, row]));
  let written = 0;
  for (const clock of clocks) {
    const row = rowOf(clock);
    const last = before.get(clock.id);
    before.delete(clock.id);
    if (last && digestOf(row) === digestOf({ ...last, facts: last.facts as object })) continue;
    await tx.incidentDeadline.create({
      data: {
        ...row,
        facts: asJson(row.facts),
        incidentId,
        version: (last?.version ?? 0) + 1,
        computedAt: at,
      },
      select: { version: true },
    });
    written += 1;
  }
  // What the rules do not ask for any more is stopped, not forgotten.
  for (const gone of before.values()) {
    if (gone.state === 'stopped') continue;
    await tx.incidentDeadline.create({
      data: {
        incidentId,
        clock: gone.clock,
        version: gone.version + 1,
        state: 'stopped',
        limitAt: gone.limitAt,
        dueAt: gone.dueAt,
        facts: asJson(gone.facts as object),
        computedAt: at,
      },
      select: { version: true },
    });
    written += 1;
  }
  return written;
}

type Kept = {
  clock: string;
  state: string;
  limitAt: Date | null;
  dueAt: Date | null;
  doneAt: Date | null;
  facts: object;
};

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const rowOf = (clock: Clock): Kept => ({
  clock: clock.id,
  state: clock.standing,
  limitAt: instant(clock.limit),
  dueAt: instant(clock.due),
  doneAt: clock.standing === 'met' || clock.standing === 'late' ? instant(clock.doneAt) : null,
  facts: { basis: clock.basis, relief: clock.relief, inputs: clock.inputs },
});

const digestOf = ({ clock, state, limitAt, dueAt, doneAt, facts }: Kept): string =>
  contentDigest({
    clock,
    state,
    limitAt: limitAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    doneAt: doneAt?.toISOString() ?? null,
    facts,
  });
