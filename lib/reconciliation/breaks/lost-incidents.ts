/**
 * The worker's look at shortfalls that were told of without an incident, because none could be opened in the run's
 * transaction. The newest event of a break says whether it has one, so nothing is forgotten by a restart. It is
 * opened although the break may be closed by then: what was missing has to be answered for.
 */
import { z } from 'zod';
import { notYet, type NotYet } from '#lib/operations/worker/not-yet.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { overLimitKind, tellWithIncident } from './tell-over-limit.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const lookEveryMs = 5_000;
/** Opened in one look; the rest has its turn at the next. */
const atOnce = 20;

/** What the event says of the shortfall at that moment; the break may have changed since. */
const factsSchema = z.object({
  asset: z.string(),
  place: z.string(),
  cause: z.string(),
  amount: z.string().transform(BigInt),
});

export class LostIncidents {
  readonly #needs: Needs;
  readonly #turns = new Turns();
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often; mostly it does nothing. @throws the first failure of a look, once the others had their turn. */
  async look(): Promise<NotYet | undefined> {
    const { db, clock } = this.#needs;
    const now = clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return notYet;
    this.#lookedAt = now;
    const lost = await db.$queryRaw<{ subject: string }[]>`
      select subject from (
        select distinct on (subject) subject, id, facts from outbox_event
          where kind = ${overLimitKind} order by subject, id desc) e
        where facts ->> 'incident' is null order by id`;
    const subjects = lost.map(({ subject }) => subject);
    const failures: unknown[] = [];
    for (const subject of this.#turns.order(subjects, (one) => one, now).slice(0, atOnce)) {
      try {
        await inTransaction(db, (tx) => openLost(tx, subject, clock()));
        this.#turns.went(subject);
      } catch (error) {
        this.#turns.failed(subject, now);
        failures.push(error);
        log.error({ err: error, break: subject }, 'a lost incident could not be opened');
      }
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  }
}

/** Once, whichever worker comes first. */
async function openLost(tx: Tx, subject: string, at: Date): Promise<void> {
  await lockNamed(tx, `incident of break ${subject}`);
  const newest = await tx.outboxEvent.findFirst({
    where: { kind: overLimitKind, subject },
    orderBy: { id: 'desc' },
    select: { facts: true },
  });
  const told = z.object({ incident: z.string().nullable() }).parse(newest?.facts);
  if (told.incident !== null) return;
  const { id, number, kind } = await tx.breakRecord.findUniqueOrThrow({
    where: { id: subject },
    select: { id: true, number: true, kind: true },
  });
  await tellWithIncident(tx, { id, number, kind, ...factsSchema.parse(newest?.facts) }, at);
}
