import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { dayField, readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { clientId } from '#lib/protocol/scalars.ts';
import { peopleTopic, tieRole } from './record-person.ts';

const form = z.strictObject({
  person: anyPersonId,
  client: clientId,
  role: tieRole,
  endedOn: dayField('the day on which it ended'),
});

/** Periods of retention count from it, so nobody makes it end longer ago than that. */
const monthsBack = 12;

/** Records that somebody stands behind a client no more, which is what periods of retention count from. */
export async function endTie(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ person: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person, client, role, endedOn } = read.form;
  const at = context.clock();
  const today = dayOf(at);
  const first = monthsLater(today, -monthsBack);
  if (endedOn > today || endedOn < first)
    return refuse(
      'day-unfit',
      `Give a day from ${first} to today: what is kept counts from it, so it is not put further back.`,
    );
  return inTransaction(context.db, async (tx) => {
    await lockNamed(tx, `relationship of ${person}`);
    const tie = await tx.personTie.findFirst({
      where: { personId: person, clientId: client, role, until: null },
      select: { since: true },
    });
    if (!tie) return refuse('tie-unknown', 'The person is that to this client no more.');
    if (endedOn < dayOf(tie.since))
      return refuse('day-unfit', `It began on ${dayOf(tie.since)} and did not end before.`);
    const until = new Date(Math.max(startOfDay(endedOn).getTime(), tie.since.getTime()));
    await tx.personTie.updateMany({
      where: { personId: person, clientId: client, role, until: null },
      data: { until },
    });
    await appendAudit(tx, {
      kind: 'person-tie-ended',
      subject: person,
      actor: actor.personId,
      at,
      facts: { client, role, endedOn },
    });
    await publish(tx, { topic: peopleTopic, id: person });
    return ok({ person });
  });
}
