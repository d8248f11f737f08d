/**
 * What every act about a hold does: who may, the hold as they saw it, whether this may happen now, and then its event.
 * Check and act are one transaction.
 */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm, seenField, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { sealTexts } from '../../requests/sealed-texts.ts';
import { readTexts } from '../../requests/texts.ts';
import { appendHoldEvent } from './append-hold-event.ts';
import type { HoldFacts } from './event.ts';
import { holdStates, mayFollow, type HoldEventKind } from './life.ts';
import { holdEventsOfPeopleMax, lockHold, type HoldFile } from './load-hold.ts';

export const holdField = z.uuid('This hold is not known.').toLowerCase();
/** Which hold, and what of it was seen. */
export const aboutHold = { id: holdField, seen: seenField };

/** The controller decides what is kept for a claim; who advises on data protection does not (Art 38(6) GDPR). */
export const lacksDeciding = (actor: Actor): Refused | null =>
  lacksScope(actor, 'privacy:approve') ??
  (actor.roles.includes('dpo')
    ? refuse('advises-only', 'Who advises on data protection decides on no hold.')
    : null);

type Act<K extends HoldEventKind> = {
  id: string;
  seen: number;
  kind: K;
  reasons: string;
  /** Says what to write on this day, or why not. */
  draw: (today: string) => Result<HoldFacts<K>>;
};

/** @returns the number of the event that was written. */
export async function actOnHold<K extends HoldEventKind>(
  actor: Actor,
  context: Context,
  { id, seen, kind, reasons, draw }: Act<K>,
): Promise<Result<{ seq: number }>> {
  const refused = lacksDeciding(actor);
  if (refused) return refused;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const file = await lockHold(tx, id);
      const moment = file ? findHoldMoment(file, kind, seen) : holdUnknown();
      if (!file || moment) return moment ?? holdUnknown();
      const at = timeAfterHold(file, context.clock());
      const drawn = draw(dayOf(at));
      if (!drawn.ok) return drawn;
      const place = { home: 'privacy-hold', id, keyId: file.keyId, seq: file.seq + 1 } as const;
      const sealed = await sealTexts(place, texts.texts);
      const event = { kind, facts: drawn.value, texts: sealed, by: actor.personId, at };
      return ok({ seq: await appendHoldEvent(tx, file, event) });
    }),
  );
}

export const holdUnknown = (): Refused<'hold-unknown'> =>
  refuse('hold-unknown', 'There is no such hold.');

export const holdMoved = (): Refused<'hold-moved'> =>
  refuse(
    'hold-moved',
    'Somebody did something about this hold in the meantime. Look at it again, then say what you want.',
  );

/** Two people's clocks may differ; what comes later is never written as earlier. */
export const timeAfterHold = ({ events }: Pick<HoldFile, 'events'>, now: Date): Date =>
  new Date(Math.max(now.getTime(), Date.parse(events.at(-1)?.at ?? '1970-01-01T00:00:00Z')));

/** Reviews leave so many entries free for lifting it. The database agrees. */
export const keptFree: Readonly<Partial<Record<HoldEventKind, number>>> = { reviewed: 50 };

/** The refusal of what may not happen at this stage, or of a hold that moved since it was seen. */
export function findHoldMoment(
  { number, seq, standing, events }: HoldFile,
  kind: HoldEventKind,
  seen: number,
): Refused | null {
  // A warning comes by time alone and changes nothing that anybody decides on.
  if (seen > seq || events.some((event) => event.seq > seen && event.actor !== 'system'))
    return holdMoved();
  if (!mayFollow(standing.state, kind))
    return refuse(
      'not-now',
      `${number} is at the stage “${holdStates[standing.state]}”, so this can’t be done now.`,
    );
  return seq + 1 + (keptFree[kind] ?? 0) > holdEventsOfPeopleMax
    ? refuse('too-many', `${number} holds ${seq} entries. Lift it and open another one.`)
    : null;
}

const returning = z.strictObject({ ...aboutHold, reasons: textField });

/** A second person does not lift it: the hold goes on, with why. */
export async function returnLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(returning, input);
  if (!read.ok) return read;
  return actOnHold(actor, context, { ...read.form, kind: 'lift-returned', draw: () => ok({}) });
}
