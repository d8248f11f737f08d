import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentsTopic } from '../desk/append-event.ts';
import { findNoAssignee } from '../desk/find-person.ts';

const dayMs = 86_400_000;
/** Nobody plans turns further ahead: it is a wrong year. */
const aheadMaxMs = 366 * dayMs;
const form = z.strictObject({
  person: z.string('Choose a person.').regex(/^p-[a-z0-9]{10}$/, 'Choose a person.'),
  level: z.enum(['1', '2', '3'], 'Choose a level.').transform(Number),
  from: minuteField('when the turn begins'),
  until: minuteField('when the turn ends'),
});

/** Puts somebody on call at a level of escalation, for at most 31 days at a time. */
export async function setTurn(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'incident:classify');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person, level, from, until } = read.form;
  const now = context.clock();
  if (until <= from) return refuse('turn-empty', 'The turn ends before it begins.');
  if (until <= now) return refuse('turn-over', 'The turn lies in the past.');
  if (from.getTime() - now.getTime() > aheadMaxMs)
    return refuse('turn-far', 'The turn begins more than a year ahead. Check the year.');
  if (until.getTime() - from.getTime() > 31 * dayMs)
    return refuse('turn-long', 'A turn has at most 31 days. Enter the next one as one of its own.');
  const id = randomUUID();
  return inTransaction(context.db, async (tx) => {
    const unknown = await findNoAssignee(tx, person);
    if (unknown) return unknown;
    await tx.onCallTurn.create({
      data: {
        id,
        personId: person,
        level,
        fromAt: from,
        untilAt: until,
        setBy: actor.personId,
        setAt: now,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'on-call-changed',
      subject: person,
      actor: actor.personId,
      at: now,
      facts: { turn: id, level, from: from.toISOString(), until: until.toISOString() },
    });
    await publish(tx, { topic: incidentsTopic });
    return ok({ id });
  });
}

const ending = z.strictObject({ id: z.uuid('This turn is not known.') });

/** Ends a turn from now on; what was stays on record. */
export async function endTurn(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'incident:classify');
  if (refused) return refused;
  const read = readForm(ending, input);
  if (!read.ok) return read;
  const { id } = read.form;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const { count } = await tx.onCallTurn.updateMany({
      where: { id, endedAt: null, untilAt: { gt: now } },
      data: { endedAt: now, endedBy: actor.personId },
    });
    if (count === 0) return refuse('turn-unknown', 'There is no such turn that could be ended.');
    await appendAudit(tx, {
      kind: 'on-call-changed',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { turn: id, ended: true },
    });
    await publish(tx, { topic: incidentsTopic });
    return ok({ id });
  });
}
