/** What needs the data protection officer today; whoever may read requests sees the same. */
import { localOf } from '#lib/incidents/time-zones.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { linesNow } from '../requests/lines-now.ts';
import { dueNow, lineSql, type LineRow, type RequestLine } from '../requests/request-line.ts';
import { loadSeat } from '../requests/load-seat.ts';
import { lacksReading } from '../requests/may-read.ts';
import { waitingFor } from '../requests/waiting-for.ts';

export type HomeView = {
  /** Requests without an answer, the one that is due first above; those without a day come last. */
  due: RequestLine[];
  counts: {
    /** Without an answer. */
    open: number;
    /** Of those: over the law's day. */
    overdue: number;
    /** Of those: over our own target, and not over the law's. */
    overTarget: number;
    /** Whose next step is for who looks. */
    mine: number;
    /** Answered, and not closed. */
    answered: number;
  };
  /** Where nobody has said where the seat is, no day can be counted. */
  isSeatKnown: boolean;
  can: { work: boolean };
  serverNow: string;
};

const shownMax = 25;

export async function viewPrivacyHome(
  actor: Actor,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<HomeView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const now = clock();
  return inSnapshot(db, async (tx) => {
    const seat = await loadSeat(tx, now);
    const today = seat ? localOf(now.getTime(), seat.zone).day : dayOf(now);
    const due = await tx.$queryRaw<LineRow[]>`
      ${lineSql} where ${unanswered} order by ${dueNow(today)} asc nulls last, s.received_at asc, s.request_id asc
        limit ${shownMax}`;
    return ok({
      due: await linesNow(tx, due, { seat, now, today }),
      counts: await countsOf(tx, actor, today),
      isSeatKnown: seat !== null,
      can: { work: actor.scopes.has('privacy:work') },
      serverNow: now.toISOString(),
    });
  });
}

const unanswered = Prisma.sql`s.state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion',
  'proposed', 'approved')`;
const answered = Prisma.sql`s.state in ('fulfilled', 'partly-refused', 'refused', 'notified')`;

async function countsOf(tx: Tx, actor: Actor, today: string): Promise<HomeView['counts']> {
  const [row] = await tx.$queryRaw<HomeView['counts'][]>`
    select count(*) filter (where ${unanswered})::int as open,
        count(*) filter (where ${unanswered} and c.state = 'running'
          and c.due_on < ${today}::date)::int as overdue,
        count(*) filter (where ${unanswered} and c.state = 'running'
          and c.due_on >= ${today}::date and c.target_on < ${today}::date)::int as "overTarget",
        count(*) filter (where ${waitingFor(actor)})::int as mine,
        count(*) filter (where ${answered})::int as answered
      from privacy_request_standing s left join privacy_request_clock c on c.request_id = s.request_id
      where ${unanswered} or ${answered}`;
  if (!row) throw new Error('The database counted nothing.');
  return row;
}
