/**
 * What every act about a breach does: who may, the breach as they saw it, whether this may happen now, and then its
 * event. Check and act are one transaction.
 */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { seenField } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { sealTexts } from '../requests/sealed-texts.ts';
import { appendBreachEvent } from './append-breach-event.ts';
import type { BreachFacts } from './event.ts';
import { breachStates, mayFollow, type BreachEventKind } from './life.ts';
import { breachEventsOfPeopleMax, lockBreach, type BreachFile } from './load-breach.ts';
import { readBreachTexts, type BreachText } from './texts.ts';

export const breachField = z.uuid('This breach is not known.').toLowerCase();
/** Which breach, and what of it was seen. */
export const aboutBreach = { id: breachField, seen: seenField };

export type BreachMoved = Promise<Result<{ seq: number }>>;

export type BreachAct<K extends BreachEventKind> = {
  scope?: Scope;
  id: string;
  seen: number;
  kind: K;
  texts?: Partial<Record<BreachText, string | undefined>>;
  /** Says what to write, by the breach as it is under its lock, or why not. */
  draw: (
    file: BreachFile,
    at: Date,
    tx: Tx,
  ) => Promise<Result<BreachFacts<K>>> | Result<BreachFacts<K>>;
  /** What else belongs to the same change. */
  write?: (written: { tx: Tx; file: BreachFile; seq: number; at: Date }) => Promise<void>;
};

/** @returns the number of the event that was written. */
export async function actOnBreach<K extends BreachEventKind>(
  actor: Actor,
  context: Context,
  { scope = 'privacy:work', id, seen, kind, texts = {}, draw, write }: BreachAct<K>,
): BreachMoved {
  const refused = lacksScope(actor, scope);
  if (refused) return refused;
  const read = readBreachTexts(texts);
  if (!read.ok) return read;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const file = await lockBreach(tx, id);
      const moment = file ? findBreachMoment(file, kind, seen) : breachUnknown();
      if (!file || moment) return moment ?? breachUnknown();
      const at = timeAfterBreach(file, context.clock());
      const drawn = await draw(file, at, tx);
      if (!drawn.ok) return drawn;
      const place = { home: 'privacy-breach', id, keyId: file.keyId, seq: file.seq + 1 } as const;
      const sealed = await sealTexts(place, read.texts);
      const event = { kind, facts: drawn.value, texts: sealed, by: actor.personId, at };
      const seq = await appendBreachEvent(tx, file, event);
      await write?.({ tx, file, seq, at });
      return ok({ seq });
    }),
  );
}

export const breachUnknown = (): Refused<'breach-unknown'> =>
  refuse('breach-unknown', 'There is no such breach.');

export const breachMoved = (): Refused<'breach-moved'> =>
  refuse(
    'breach-moved',
    'Somebody did something about this breach in the meantime. Look at it again, then say what you want.',
  );

/** Two people's clocks may differ; what comes later is never written as earlier. */
export const timeAfterBreach = ({ events }: Pick<BreachFile, 'events'>, now: Date): Date =>
  new Date(Math.max(now.getTime(), Date.parse(events.at(-1)?.at ?? '1970-01-01T00:00:00Z')));

/** Notes leave so many events free for what the law asks. */
export const keptFree: Readonly<Partial<Record<BreachEventKind, number>>> = {
  noted: 300,
  described: 200,
  'persons-listed': 200,
  'persons-taken-off': 200,
};

/** The refusal of what may not happen at this stage, or of a breach that moved since it was seen. */
export function findBreachMoment(
  { number, seq, standing, events, erasure }: BreachFile,
  kind: BreachEventKind,
  seen: number,
): Refused | null {
  if (erasure !== null)
    return refuse(
      'erased',
      `The file of ${number} was erased on ${erasure.begunAt.slice(0, 10)}, so nothing can be written to it. Report what came up as a breach of its own.`,
    );
  // A warning comes by time alone and changes nothing that anybody decides on.
  if (seen > seq || events.some((event) => event.seq > seen && event.actor !== 'system'))
    return breachMoved();
  if (!mayFollow(standing.state, kind))
    return refuse(
      'not-now',
      `${number} is at the stage “${breachStates[standing.state]}”, so this can’t be done now.`,
    );
  return seq + 1 + (keptFree[kind] ?? 0) > breachEventsOfPeopleMax
    ? refuse('too-many', `${number} holds ${seq} entries, and the rest is kept for its decisions.`)
    : null;
}

/** The refusal of a time that lies ahead, or before what it follows; people give minutes. */
export function findTimeFault(
  what: string,
  said: Date,
  { from, at }: { from: string; at: Date },
): Refused | null {
  if (said > at) return refuse('in-the-future', `${what} lies ahead. Put when it happened.`);
  return said.getTime() < Math.floor(Date.parse(from) / 60_000) * 60_000
    ? refuse(
        'too-early',
        `${what} lies before ${from.slice(0, 16).replace('T', ' ')} UTC, which it follows.`,
      )
    : null;
}
