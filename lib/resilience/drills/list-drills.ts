/** Drills that ran, newest first, and what is overdue or failed. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import {
  drillKindNames,
  drillKinds,
  isDrillKind,
  type DrillKind,
  type DrillOutcome,
} from './kinds.ts';
import { loadHandDrills } from './load-hand-drills.ts';
import {
  drillDueOn,
  findDrillFaults,
  newerOf,
  type DrillFault,
  type DrillStanding,
} from './overdue.ts';

const perPage = 50;

/** What may be asked of the list; anything that is not as asked falls away. */
const drillFilter = z.object({
  kind: z
    .enum(drillKindNames as [DrillKind, ...DrillKind[]])
    .nullable()
    .default(null)
    .catch(null),
  outcome: z.enum(['passed', 'failed']).nullable().default(null).catch(null),
  /** Days in UTC, both inclusive: only drills that ended between them. */
  from: z.iso.date().nullable().default(null).catch(null),
  until: z.iso.date().nullable().default(null).catch(null),
  /** Where the page before ended. */
  after: listCursor.nullable().default(null).catch(null),
});
/** As an address asks. */
export type DrillFilter = Partial<Record<keyof z.input<typeof drillFilter>, string | null>>;
/** What was understood of it. */
export type DrillsAsked = Omit<z.output<typeof drillFilter>, 'after'>;

export type DrillLine = {
  id: string;
  kind: DrillKind;
  title: string;
  startedAt: string;
  endedAt: string;
  outcome: DrillOutcome;
  reason: string | null;
  rtoMs: number | null;
  rpoMs: number | null;
};

export type DrillPage = {
  asked: DrillsAsked;
  /** Whether no page comes before it. */
  isFirst: boolean;
  lines: DrillLine[];
  next: string | null;
  /** Every kind, with the day on which the next one has to have passed. */
  due: { kind: DrillKind; title: string; dueOn: string; article: string; command: string }[];
  faults: DrillFault[];
};

/** A page of drills as a list shows them. */
export async function listDrills(
  actor: Actor,
  filter: DrillFilter,
  context: Context,
): Promise<Result<DrillPage>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const { after, ...asked } = drillFilter.parse(filter);
  return inSnapshot(context.db, async (tx) => {
    const { standings, inUseSince } = await loadStandings(tx, context.clock());
    return ok({
      asked,
      isFirst: after === null,
      ...(await loadPage(tx, { ...asked, after })),
      due: standings.map((standing) => {
        const { title, article, command } = drillKinds[standing.kind];
        const dueOn = drillDueOn(standing, inUseSince);
        return { kind: standing.kind, title, dueOn, article, command };
      }),
      faults: findDrillFaults(standings, { today: dayOf(context.clock()), inUseSince }),
    });
  });
}

/**
 * How each kind stands, in the caller's transaction: for the list, and for whoever makes findings of what
 * `findDrillFaults` says of it. A kind that never passed is counted from the genesis of the organisation. A transaction
 * that does not reach the records counts only what the console ran.
 */
export async function loadStandings(
  tx: Pick<Tx, 'drillRun' | 'genesis'> & Partial<Pick<Tx, 'resilienceCurrent'>>,
  now: Date,
): Promise<{ standings: DrillStanding[]; inUseSince: string }> {
  const order = [{ endedAt: 'desc' }, { id: 'desc' }] as const;
  const standings: DrillStanding[] = [];
  for (const kind of drillKindNames) {
    const newest = await tx.drillRun.findFirst({
      where: { kind },
      orderBy: [...order],
      select: { id: true, endedAt: true, outcome: true, reason: true },
    });
    const passed = await tx.drillRun.findFirst({
      where: { kind, outcome: 'passed' },
      orderBy: [...order],
      select: { endedAt: true },
    });
    const run: DrillStanding = {
      kind,
      newest: newest && {
        id: newest.id,
        endedAt: newest.endedAt,
        passed: newest.outcome === 'passed',
        reason: newest.reason,
      },
      passedAt: passed?.endedAt ?? null,
    };
    const { resilienceCurrent } = tx;
    standings.push(
      resilienceCurrent && drillKinds[kind].sandboxOnly
        ? newerOf(run, await loadHandDrills({ resilienceCurrent }, kind))
        : run,
    );
  }
  const founded = await tx.genesis.aggregate({ _min: { createdAt: true } });
  return { standings, inUseSince: dayOf(founded._min.createdAt ?? now) };
}

async function loadPage(
  tx: Tx,
  { kind, outcome, from, until, after }: z.output<typeof drillFilter>,
): Promise<Pick<DrillPage, 'lines' | 'next'>> {
  const rows = await tx.drillRun.findMany({
    where: {
      ...(kind === null ? {} : { kind }),
      ...(outcome === null ? {} : { outcome }),
      endedAt: {
        ...(from === null ? {} : { gte: startOfDay(from) }),
        ...(until === null ? {} : { lt: endOfDay(until) }),
      },
      ...(after === null
        ? {}
        : { OR: [{ endedAt: { lt: after.at } }, { endedAt: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
    take: perPage + 1,
    omit: { evidence: true, digest: true },
  });
  const lines = rows.slice(0, perPage).flatMap((row): DrillLine[] => {
    const line = lineOf(row);
    return line === null ? [] : [line];
  });
  const last = rows[perPage - 1];
  const next =
    rows.length > perPage && last ? listCursorText({ at: last.endedAt, id: last.id }) : null;
  return { lines, next };
}

/** A row as people see it; null for a kind that this version does not know. Pure. */
export function lineOf(row: {
  id: string;
  kind: string;
  startedAt: Date;
  endedAt: Date;
  outcome: string;
  reason: string | null;
  rtoMs: bigint | null;
  rpoMs: bigint | null;
}): DrillLine | null {
  const { id, kind, startedAt, endedAt, outcome, reason, rtoMs, rpoMs } = row;
  if (!isDrillKind(kind)) return null;
  return {
    id,
    kind,
    title: drillKinds[kind].title,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    outcome: outcome === 'passed' ? 'passed' : 'failed',
    reason,
    rtoMs: rtoMs === null ? null : Number(rtoMs),
    rpoMs: rpoMs === null ? null : Number(rpoMs),
  };
}
