import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';
import { breachField, breachUnknown } from './act-on-breach.ts';

const shownMax = 10_000;

export type ConcernedPerson = { id: string; isTold: boolean };

/**
 * Whose data a breach concerns, by their ids in the vault, for whoever has to tell them. Who looks stands in the trail
 * first; names are on the pages of the persons. Who was not told yet stands first.
 */
export async function listConcerned(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ persons: ConcernedPerson[]; count: number }>> {
  const refused = lacksReading(actor) ?? lacksScope(actor, 'person:view');
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: breachField }), input);
  if (!read.ok) return read;
  const { id } = read.form;
  return inTransaction(context.db, async (tx) => {
    const breach = await tx.privacyBreach.findUnique({ where: { id }, select: { number: true } });
    if (!breach) return breachUnknown();
    const rows = await tx.privacyBreachPerson.findMany({
      where: { breachId: id },
      // From the last to the first, whoever has no number stands above.
      orderBy: [{ told: { seq: 'desc' } }, { personId: 'asc' }],
      select: { personId: true, told: { select: { seq: true } } },
      take: shownMax,
    });
    const count = await tx.privacyBreachPerson.count({ where: { breachId: id } });
    await appendAudit(tx, {
      kind: 'privacy-breach-read',
      subject: breach.number,
      actor: actor.personId,
      at: context.clock(),
      facts: { persons: rows.length },
    });
    const persons = rows.map(({ personId, told }) => ({ id: personId, isTold: told !== null }));
    return ok({ persons, count });
  });
}
