/**
 * What every act about a request does: who may, the request as they saw it, whether this may happen now and keeps the
 * rules, and then its event. Check and act are one transaction.
 */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { appendEvent } from './append-event.ts';
import type { EventFacts } from './event.ts';
import { mayHappen, requestStates, type EventKind } from './life.ts';
import { loadSeat } from './load-seat.ts';
import { eventsOfPeopleMax, lockRequest, type RequestFile } from './load-request.ts';
import { findFault, type Acting } from './rules.ts';
import { sealTexts } from './sealed-texts.ts';
import type { Texts } from './texts.ts';

export const requestField = z.uuid('This request is not known.').toLowerCase();
/** Number of the last event that a person saw, as a form writes it. */
const seenEvent = z
  .string('Load the page again.')
  .regex(/^\d{1,4}$/, 'Load the page again.')
  .transform(Number);
/** Which request, and what of it was seen. */
export const about = { id: requestField, seen: seenEvent };

/** Notes and files leave so many events free for what the law asks. */
export const keptFree: Readonly<Partial<Record<EventKind, number>>> = {
  noted: 500,
  'file-added': 500,
  'files-left-out': 500,
  collected: 300,
  reopened: 300,
};

export type Act<K extends EventKind> = {
  scope: Scope;
  id: string;
  seen: number;
  kind: K;
  texts?: Texts;
  /** Says what to write, by the request as it is under its lock, or why not. */
  draw: (file: RequestFile, tx: Tx) => Promise<Result<EventFacts<K>>> | Result<EventFacts<K>>;
};

export const actingOf = (actor: Actor): Acting => ({
  id: actor.personId,
  isDpo: actor.roles.includes('dpo'),
});

/** @returns the number of the event that was written. */
export async function actOnRequest<K extends EventKind>(
  actor: Actor,
  context: Context,
  act: Act<K>,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, act.scope);
  if (refused) return refused;
  const { kind, texts = {} } = act;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const file = await lockRequest(tx, act.id);
      const moment = file ? findMoment(file, kind, act.seen) : requestUnknown();
      if (!file || moment) return moment ?? requestUnknown();
      const at = timeAfter(file, context.clock());
      const drawn = await act.draw(file, tx);
      if (!drawn.ok) return drawn;
      const seat = await loadSeat(tx, at);
      const by = actingOf(actor);
      const fault = findFault(kind, {
        standing: file.standing,
        facts: drawn.value,
        by,
        seat,
        at,
      });
      if (fault) return fault;
      const sealed = await sealTexts({ ...file, seq: file.seq + 1 }, texts);
      const event = { kind, facts: drawn.value, texts: sealed, by: by.id, at };
      return ok({ seq: await appendEvent(tx, file, event, seat) });
    }),
  );
}

export const requestUnknown = (): Refused<'request-unknown'> =>
  refuse('request-unknown', 'There is no such request.');

export const requestMoved = (): Refused<'request-moved'> =>
  refuse(
    'request-moved',
    'Somebody did something about it in the meantime. Look at it again, then say what you want.',
  );

/** Two people's clocks may differ; what comes later is never written as earlier. */
export const timeAfter = ({ events }: Pick<RequestFile, 'events'>, now: Date): Date =>
  new Date(Math.max(now.getTime(), Date.parse(events.at(-1)?.at ?? '1970-01-01T00:00:00Z')));

/** The refusal of what may not happen at this stage, or of a request that moved since it was seen. */
export function findMoment(
  { number, seq, standing, events }: RequestFile,
  kind: EventKind,
  seen: number,
): Refused | null {
  // A warning comes by time alone and changes nothing that anybody decides on.
  if (seen > seq || events.some((event) => event.seq > seen && event.actor !== 'system'))
    return requestMoved();
  if (!mayHappen(standing.state, kind))
    return refuse(
      'not-now',
      `${number} is at the stage “${requestStates[standing.state]}”, so this can’t be done now.`,
    );
  return seq + 1 + (keptFree[kind] ?? 0) > eventsOfPeopleMax
    ? refuse('too-many', `${number} holds ${seq} entries, and the rest is kept for its decision.`)
    : null;
}
