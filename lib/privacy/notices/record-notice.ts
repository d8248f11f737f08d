import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { peopleTopic } from '../people/record-person.ts';
import { requestsTopic } from '../requests/append-event.ts';
import { lockDuty, type DutyFile } from './load-duty.ts';
import { noticeResults } from './notice-results.ts';

const dutyField = z.uuid('Load the page again.').toLowerCase();
const recording = z.strictObject({
  duty: dutyField,
  recipient: z.string().max(60).min(1, 'Choose the recipient.'),
  result: z.enum(keysOf(noticeResults), 'Say whether the recipient was told.'),
});

/** One recipient was told of a correction or a restriction (Article 19), or why not. */
export async function recordNotice(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ left: number }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(recording, input);
  if (!read.ok) return read;
  const { duty, recipient, result } = read.form;
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    const about = await lockDuty(tx, duty);
    if (!about.ok) return about;
    const { recipients } = about.value;
    const one = recipients.find(({ code }) => code === recipient);
    if (!one)
      return refuse(
        'recipient-unknown',
        'No such recipient of these data is on record. Load the page again.',
      );
    if (one.result !== null)
      return refuse('told-already', 'For this recipient it is on record already.');
    const by = actor.personId;
    await tx.recipientNotice.create({
      data: { dutyId: duty, recipient, result, by, at },
      select: { dutyId: true },
    });
    await tellOthers(tx, about.value, { by, at, facts: { duty, step: result, recipient } });
    return ok({ left: recipients.filter((other) => other.result === null).length - 1 });
  });
}

/** Nobody is left to tell: each recipient on record has its notice, or the reason why not. */
export async function endNotices(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ told: number }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(z.strictObject({ duty: dutyField }), input);
  if (!read.ok) return read;
  const { duty } = read.form;
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    const about = await lockDuty(tx, duty);
    if (!about.ok) return about;
    const { recipients } = about.value;
    const left = recipients.filter(({ result }) => result === null).length;
    if (left > 0)
      return refuse(
        'recipients-untold',
        `Of ${left} recipients it is not on record that they were told (Art 19). Record each, or why not.`,
      );
    const by = actor.personId;
    await tx.recipientNoticeDuty.update({
      where: { id: duty },
      data: { endedAt: at, endedBy: by },
      select: { id: true },
    });
    await tellOthers(tx, about.value, { by, at, facts: { duty, step: 'ended' } });
    return ok({ told: recipients.length });
  });
}

async function tellOthers(
  tx: Tx,
  { personId, requestId }: DutyFile,
  { by, at, facts }: { by: string; at: Date; facts: Record<string, string> },
): Promise<void> {
  await appendAudit(tx, {
    kind: 'person-recipients-moved',
    subject: personId,
    actor: by,
    at,
    facts,
  });
  await publish(tx, { topic: peopleTopic, id: personId });
  if (requestId !== null) await publish(tx, { topic: requestsTopic, id: requestId });
}
