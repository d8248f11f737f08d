import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { scopesOf } from '#lib/identity/roles.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { dayField, readForm, startOfDay } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { line, person } from '../kinds/fields.ts';
import { resilienceTopic } from '../records/write-record.ts';

const form = z.strictObject({
  person: person('the member'),
  topic: line('the topic', 200).refine(
    (text) => text.length >= 3,
    'Give the topic in a few words.',
  ),
  heldOn: dayField('the day of the training'),
});

/** Puts the training of a member of the board on record (DORA Art 5(4)). */
export async function recordTraining(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ training: string }>> {
  const refused = lacksScope(actor, 'resilience:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person: member, topic, heldOn } = read.form;
  const at = context.clock();
  if (heldOn > dayOf(at))
    return refuse('training-ahead', 'The day of the training lies ahead. Put when it was held.');
  return inTransaction(context.db, async (tx) => {
    const found = await tx.operator.findUnique({
      where: { id: member },
      select: { status: true, roles: true },
    });
    if (found?.status !== 'active' || !scopesOf(found.roles).has('board:sign'))
      return refuse(
        'person-unknown',
        'Choose a member of the board who has access to the console.',
      );
    const id = randomUUID();
    await tx.boardTraining.create({
      data: {
        id,
        person: member,
        topic,
        heldOn: startOfDay(heldOn),
        recordedBy: actor.personId,
        recordedAt: at,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'board-training-recorded',
      subject: id,
      actor: actor.personId,
      at,
      facts: { person: member, heldOn },
    });
    await publish(tx, { topic: resilienceTopic, id });
    return ok({ training: id });
  });
}
