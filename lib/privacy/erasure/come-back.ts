/**
 * Erasures that were refused, whole or in part, because of a duty to keep: each comes back by itself when what stood
 * against it has ended. Its request is opened again for the desk of data protection and decided anew by two people;
 * nothing goes without that, since what is held then is not what was looked at.
 */
import type { Context } from '#lib/platform/context.ts';
import { dayOf, dayMs, startOfDay } from '#lib/platform/days.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfter } from '../requests/act-on-request.ts';
import { appendEvent } from '../requests/append-event.ts';
import { mayHappen, type RefusalGround } from '../requests/life.ts';
import { eventsMax, lockRequest } from '../requests/load-request.ts';
import { keptSeat } from '../requests/counted-by.ts';
import { loadSeat } from '../requests/load-seat.ts';
import { planErasure } from './plan-erasure.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const atOnce = 50;
const hourMs = 3_600_000;
/** Refusals that end by themselves; others are a decision about the request, whatever comes later. */
const passing: readonly RefusalGround[] = ['legal-duty', 'legal-claims'];

/** Takes new refusals up and looks at those that wait, each once a day. */
export async function comeBack(needs: Needs): Promise<void> {
  await takeRefused(needs);
  const { db, clock } = needs;
  const before = new Date(clock().getTime() - dayMs);
  const today = startOfDay(dayOf(clock()));
  const rows = await db.erasureDue.findMany({
    where: {
      state: 'waiting',
      lookedAt: { lt: before },
      OR: [{ dueOn: null }, { dueOn: { lte: today } }],
    },
    orderBy: [{ lookedAt: 'asc' }, { requestId: 'asc' }],
    take: atOnce,
  });
  for (const { requestId, proposal } of rows) {
    const key = { requestId, proposal };
    try {
      await lookAgain(needs, key);
    } catch (error) {
      // One that can't be read keeps none of the others from coming back; it is tried again after them, in an hour.
      log.error({ request: requestId, err: error }, 'an erasure that waits can’t be looked at');
      await db.erasureDue.updateMany({
        where: { ...key, state: 'waiting' },
        data: { lookedAt: new Date(clock().getTime() - dayMs + hourMs) },
      });
    }
  }
}

/** Answered erasures of which something stays under a duty that ends. */
async function takeRefused({ db, clock }: Needs): Promise<void> {
  const rows = await db.$queryRaw<{ id: string; proposal: number; person: string }[]>`
    select s.request_id::text as id, s.proposal, s.person_id as person from privacy_request_standing s
    join privacy_request_event e on e.request_id = s.request_id and e.seq = s.proposal
    where s."right" = 'erasure' and s.person_id is not null and s.outcome in ('refused', 'partly-refused')
      and e.facts -> 'grounds' ?| ${[...passing]}::text[]
      and not exists (select from erasure_due d where d.request_id = s.request_id and d.proposal = s.proposal)
    order by s.received_at, s.request_id limit ${atOnce}`;
  for (const { id, proposal, person } of rows) {
    const now = clock();
    await db.erasureDue.createMany({
      // Looked at for the first time at once, and then daily.
      data: [
        {
          requestId: id,
          proposal,
          personId: person,
          state: 'waiting',
          since: now,
          lookedAt: new Date(now.getTime() - 2 * dayMs),
        },
      ],
      skipDuplicates: true,
    });
  }
}

type Key = { requestId: string; proposal: number };

async function lookAgain({ db, clock }: Needs, key: Key): Promise<void> {
  await inTransaction(db, async (tx) => {
    const file = await lockRequest(tx, key.requestId);
    const row = await tx.erasureDue.findUniqueOrThrow({ where: { requestId_proposal: key } });
    if (!file || row.state !== 'waiting') return;
    const now = clock();
    const { standing, number } = file;
    if (standing.proposal?.seq !== key.proposal || standing.outcome === null) {
      // Somebody opened it again, so it is decided anew without this.
      await end(tx, key, { state: 'gone', now });
      return;
    }
    const about = { person: row.personId, right: 'erasure', number, today: dayOf(now) } as const;
    const plan = await planErasure(tx, about);
    if (!plan) {
      await end(tx, key, { state: 'gone', now });
      return;
    }
    const isFree = plan.blockers.length === 0 && mayHappen(standing.state, 'freed');
    const isFull = file.seq >= eventsMax - 200;
    if (isFree && isFull)
      log.error(
        { request: number },
        'nothing stands against an erasure any more, and its request takes no more entries',
      );
    if (!isFree || isFull) {
      await tx.erasureDue.update({
        where: { requestId_proposal: key },
        data: { lookedAt: now, dueOn: plan.freeOn === null ? null : startOfDay(plan.freeOn) },
        select: { state: true },
      });
      return;
    }
    await end(tx, key, { state: 'freed', now });
    const at = timeAfter(file, now);
    const seat = await loadSeat(tx, now);
    const facts = keptSeat(seat, at.toISOString());
    await appendEvent(tx, file, { kind: 'freed', facts, by: 'system', at }, seat);
    log.warn({ request: number }, 'nothing stands against an erasure any more: it is decided anew');
  });
}

async function end(
  tx: Tx,
  key: Key,
  { state, now }: { state: 'freed' | 'gone'; now: Date },
): Promise<void> {
  await tx.erasureDue.update({
    where: { requestId_proposal: key },
    data: { state, lookedAt: now },
    select: { state: true },
  });
}
