import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { dayField, readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../../requests/may-read.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { retentionTopic } from '../holds/append-hold-event.ts';

const form = z.strictObject({ day: dayField('the day') });
/** The database takes no more that wait at once. */
const waitingMax = 5;
const yearsAhead = 50;

/** Asks what would go on a day. The worker counts it; nothing goes. */
export async function askRehearsal(
  actor: Actor,
  input: unknown,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { day } = read.form;
  const at = clock();
  const today = dayOf(at);
  const last = monthsLater(today, yearsAhead * 12);
  if (day < today || day > last)
    return refuse('day-unfit', `Give a day from today to ${last}: what is over is over.`);
  return inTransaction(db, async (tx) => {
    await lockNamed(tx, 'rehearsals of retention');
    const waiting = await tx.retentionRun.count({ where: { kind: 'rehearsal', endedAt: null } });
    if (waiting >= waitingMax)
      return refuse('too-many', `${waiting} rehearsals wait already. Try again in a few minutes.`);
    const id = randomUUID();
    // The database counts: no role may give a number, so the statement names none.
    const [row] = await tx.$queryRaw<{ number: string }[]>`
      insert into retention_run (id, kind, day, asked_by, asked_at)
        values (${id}::uuid, 'rehearsal', ${startOfDay(day)}::date, ${actor.personId}, ${at}) returning number`;
    if (!row) throw new Error('The database gave no number.');
    await publish(tx, { topic: retentionTopic, id });
    return ok({ id, number: row.number });
  });
}
