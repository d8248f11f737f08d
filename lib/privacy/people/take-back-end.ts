import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { graceDays, takenBackUntil } from '#lib/persons/end-of-tie.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { clientId } from '#lib/protocol/scalars.ts';
import { peopleTopic, tieRole } from './record-person.ts';

const form = z.strictObject({ person: anyPersonId, client: clientId, role: tieRole });

/**
 * Takes a wrong end back: the person is to the client what they were, since the day they were it. Refused once periods
 * count from it.
 */
export async function takeBackEnd(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ person: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person, client, role } = read.form;
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    await lockNamed(tx, `relationship of ${person}`);
    const known = await tx.person.findUnique({ where: { id: person }, select: { erasedAt: true } });
    const of = { personId: person, clientId: client, role };
    const tie = await tx.personTie.findFirst({
      where: of,
      // Who is it again without this end being taken back has a newer tie.
      orderBy: { since: 'desc' },
      select: { since: true, until: true, endsRecorded: true },
    });
    if (!known || known.erasedAt !== null || !tie || tie.until === null)
      return refuse('tie-unknown', 'No end of that is on record for this person and client.');
    const last = takenBackUntil(tie);
    if (last === null || last <= at)
      return refuse(
        'end-stands',
        `An end is taken back within ${graceDays} days after it was recorded. Record anew what the person is to the client.`,
      );
    await tx.personTie.updateMany({ where: { ...of, since: tie.since }, data: { until: null } });
    await appendAudit(tx, {
      kind: 'person-tie-end-taken-back',
      subject: person,
      actor: actor.personId,
      at,
      facts: { client, role },
    });
    await publish(tx, { topic: peopleTopic, id: person });
    return ok({ person });
  });
}
