import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading, mayReadContents } from '../../requests/may-read.ts';
import { holdUnknown } from './act-on-hold.ts';
import { coversMax, type HoldEvent } from './event.ts';
import type { HoldStanding } from './fold.ts';
import { holdWords, mayFollow, type HoldEventKind } from './life.ts';
import { isKeptBack, keptBack } from './kept-back.ts';
import { loadHold, type HoldFile } from './load-hold.ts';

export type HoldView = {
  id: string;
  number: string;
  seq: number;
  standing: HoldStanding;
  isOverdue: boolean;
  /** Its lifting is on record, and the keys of it are not proved: it keeps what it covers. */
  isUnproved: boolean;
  events: readonly (HoldEvent & { by: string })[];
  /** What may happen next by the order of steps; who may is for each use case. */
  may: HoldEventKind[];
  /** People it covers by name whose erasure it stopped, or stops at its next step. */
  stopped: string[];
  can: {
    decide: boolean;
    /** Another one than who proposed it. */
    lift: boolean;
    /** Opens the reasons. */
    read: boolean;
  };
  today: string;
};

const holdNumber = z.string().regex(/^LH-\d{4}-\d{6,10}$/);

/**
 * All of a hold but its reasons, which are opened on their own.
 * @param asked number of the hold, as addresses have it, or its id.
 */
export async function viewHold(
  actor: Actor,
  asked: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<HoldView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const isNumber = holdNumber.safeParse(asked).success;
  if (!isNumber && !z.uuid().safeParse(asked).success) return holdUnknown();
  const names = await operatorNames(db);
  const nameOf = (person: string): string => (person === 'system' ? 'The system' : names(person));
  const today = dayOf(clock());
  const decide = actor.scopes.has('privacy:approve') && !actor.roles.includes('dpo');
  return inSnapshot(db, async (tx) => {
    const row = await tx.privacyHold.findUnique({
      where: isNumber ? { number: asked } : { id: asked },
      select: { id: true },
    });
    const file = row && (await loadHold(tx, row.id));
    if (!file) return holdUnknown();
    const { id, number, seq, standing, events } = file;
    if (isKeptBack(actor, standing.opening.ground)) return keptBack();
    const isUnproved =
      standing.state === 'lifted' &&
      (await tx.privacyLiftingProof.count({ where: { what: 'hold', subject: id } })) === 0;
    return ok({
      stopped: await findStopped(tx, file),
      id,
      number,
      seq,
      standing,
      isOverdue: standing.state !== 'lifted' && standing.reviewOn < today,
      isUnproved,
      events: events.map((event) => ({ ...event, by: nameOf(event.actor) })),
      may: (Object.keys(holdWords) as HoldEventKind[]).filter((kind) =>
        mayFollow(standing.state, kind),
      ),
      can: {
        read: mayReadContents(actor),
        decide,
        lift: decide && standing.proposal?.by !== actor.personId,
      },
      today,
    });
  });
}

async function findStopped(tx: Tx, { standing, events }: HoldFile): Promise<string[]> {
  const people = standing.opening.covers.flatMap(({ kind, subject }) =>
    kind === 'person' ? [subject] : [],
  );
  const since = new Date(events[0]?.at ?? 0);
  const rows = await tx.personErasure.findMany({
    where: {
      personId: { in: people },
      queuedAt: { lte: since },
      OR: [
        { state: 'left', reason: 'held', endedAt: { gte: since } },
        { state: { in: ['due', 'swept'] } },
      ],
    },
    orderBy: { personId: 'asc' },
    select: { personId: true },
    take: coversMax,
  });
  return [...new Set(rows.map(({ personId }) => personId))];
}
