import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { clientId } from '#lib/protocol/scalars.ts';
import { peopleTopic } from './record-person.ts';

const form = z.strictObject({
  person: anyPersonId,
  client: clientId,
  since: z.iso.datetime('Load the page again.'),
});

/**
 * Confirms that somebody is the client, which copies of their data rest on (Art 15(4) GDPR). Whoever may record a tie may,
 * except who recorded this one; the newest to confirm stands with it, and the trail has them all.
 */
export async function confirmTie(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ person: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person, client, since } = read.form;
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    await lockNamed(tx, `relationship of ${person}`);
    const of = { personId: person, clientId: client, role: 'client', since: new Date(since) };
    const tie = await tx.personTie.findFirst({
      where: { ...of, person: { erasedAt: null } },
      select: { recordedBy: true, confirmedBy: true },
    });
    if (!tie)
      return refuse('tie-unknown', 'The ties of this person have changed. Load the page again.');
    if (tie.recordedBy === actor.personId)
      return refuse(
        'same-person',
        `You recorded the tie to ${client}, so another person confirms it.`,
      );
    if (tie.confirmedBy === actor.personId) return ok({ person });
    await appendAudit(tx, {
      kind: 'person-tie-confirmed',
      subject: person,
      actor: actor.personId,
      at,
      facts: { client, since },
    });
    await tx.personTie.updateMany({ where: of, data: { confirmedBy: actor.personId } });
    await publish(tx, { topic: peopleTopic, id: person });
    return ok({ person });
  });
}
