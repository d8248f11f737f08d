import { z } from 'zod';
import { DeadlineError } from '../deadlines.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { purposeKey } from '../restriction/chosen-stops.ts';
import { objectableIn } from '../restriction/objectable.ts';
import { lacksReading, mayReadContents } from './may-read.ts';
import { requestUnknown } from './act-on-request.ts';
import { requestClock, type RequestClock, type Seat } from './clock.ts';
import { countUntold } from '../notices/find-untold.ts';
import type { RequestEvent } from './event.ts';
import { tellsRecipients, type Standing } from './fold.ts';
import { requestNumber } from './event.ts';
import { eventWords, mayHappen, type EventKind } from './life.ts';
import { loadRequest, type RequestFile } from './load-request.ts';
import { concernedFields, recipientsOf, type Recipient } from './load-recipients.ts';
import { listTies, type RequestTie } from './list-ties.ts';
import { loadSeat } from './load-seat.ts';
import { findSendable, type Sendable } from './sent-on-record.ts';

export type RequestView = {
  id: string;
  number: string;
  seq: number;
  standing: Standing;
  /** The clock with each step of its counting; null where it can't be counted, and then why. */
  clock: RequestClock | null;
  clockFault: string | null;
  events: readonly (RequestEvent & { by: string })[];
  /** Other requests about the same person, from the same address or of the same name. */
  alike: { number: string; by: string; state: string }[];
  /** What may happen next by the order of steps; who may is for each use case. */
  may: EventKind[];
  /** Who looks, and what of it is theirs. */
  you: {
    id: string;
    isDpo: boolean;
    work: boolean;
    decide: boolean;
    approve: boolean;
    /** Sees what must not be told to the person. */
    guarded: boolean;
    mayFind: boolean;
    /** Opens what people wrote and sent. */
    contents: boolean;
  };
  /** Who got the data of this person and has to be told (Art 19); none where the right asks for no notice. */
  recipients: Recipient[];
  /** Ties by which the person is a client, where the legal review may confirm them. */
  ties: RequestTie[];
  /** Purposes on our interest that were objected to, where a decision about them is due or waits. */
  purposes: { key: string; label: string }[];
  /** What the answer to the person can have been, once it is decided. */
  sendable: Sendable[];
  /** Restrictions set here of which recipients are still to be told, whatever the right. */
  untold: number;
  serverNow: string;
};

const alikeMax = 50;

/**
 * All of a request but its texts, which are opened on their own: what this shows names nobody.
 * @param asked number of the request, as addresses have it, or its id.
 */
export async function viewRequest(
  actor: Actor,
  asked: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<RequestView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const now = clock();
  const names = await operatorNames(db);
  const nameOf = (person: string): string =>
    person === 'system' ? 'The system' : person === 'public' ? 'The public form' : names(person);
  return inSnapshot(db, async (tx) => {
    const id = await idOf(tx, asked);
    const file = id === null ? null : await loadRequest(tx, id);
    if (!file) return requestUnknown();
    const { standing, events } = file;
    return ok({
      id: file.id,
      number: file.number,
      seq: file.seq,
      standing,
      ...clockOf(standing, await loadSeat(tx, now), now),
      events: events.map((event) => ({ ...event, by: nameOf(event.actor) })),
      alike: await findAlike(tx, file.id),
      may: (Object.keys(eventWords) as EventKind[]).filter((kind) =>
        mayHappen(standing.state, kind),
      ),
      you: {
        id: actor.personId,
        isDpo: actor.roles.includes('dpo'),
        work: actor.scopes.has('privacy:work'),
        decide: actor.scopes.has('privacy:decide'),
        approve: actor.scopes.has('privacy:approve'),
        guarded: actor.scopes.has('suspicion:read'),
        mayFind: actor.scopes.has('person:view'),
        contents: mayReadContents(actor),
      },
      recipients:
        tellsRecipients(standing) && standing.person
          ? await recipientsOf(tx, standing.person.id, await concernedFields(tx, file.id))
          : [],
      ties: await listTies(tx, file, { you: actor.personId, nameOf: names, at: now }),
      purposes: await purposesOf(tx, file),
      sendable: standing.state === 'approved' ? await findSendable(tx, file) : [],
      untold: await countUntold(tx, file.id),
      serverNow: now.toISOString(),
    });
  });
}

async function purposesOf(
  tx: Tx,
  { id, standing: { right, person, state } }: Pick<RequestFile, 'id' | 'standing'>,
): Promise<RequestView['purposes']> {
  if (right !== 'objection' || person === null || (state !== 'opinion' && state !== 'proposed'))
    return [];
  const { purposes } = await objectableIn(tx, id, person.id);
  return purposes.map((one) => ({
    key: purposeKey(one),
    label: `${one.purpose} (${one.number}, ${one.name})`,
  }));
}

async function idOf(tx: Tx, asked: string): Promise<string | null> {
  if (z.uuid().safeParse(asked).success) return asked.toLowerCase();
  if (!requestNumber.safeParse(asked).success) return null;
  const row = await tx.privacyRequest.findUnique({
    where: { number: asked },
    select: { id: true },
  });
  return row?.id ?? null;
}

function clockOf(standing: Standing, seat: Seat | null, now: Date) {
  if (seat === null)
    return { clock: null, clockFault: 'Nobody has said yet where this organisation has its seat.' };
  try {
    return { clock: requestClock(standing, seat, now), clockFault: null };
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    return { clock: null, clockFault: error.reason };
  }
}

const findAlike = (tx: Tx, id: string): Promise<RequestView['alike']> =>
  tx.$queryRaw<RequestView['alike']>`
    select distinct s.number, o.kind as by, s.state
      from privacy_request_search o
        join privacy_request_search m on m.kind = o.kind and m.hash = o.hash and m.request_id <> o.request_id
        join privacy_request_standing s on s.request_id = m.request_id
      where o.request_id = ${id}::uuid and o.kind <> 'form'
    union all
    select other.number, 'person' as by, other.state
      from privacy_request_standing own
        join privacy_request_standing other on other.person_id = own.person_id and other.request_id <> own.request_id
      where own.request_id = ${id}::uuid
    order by 1, 2 limit ${alikeMax}`;
