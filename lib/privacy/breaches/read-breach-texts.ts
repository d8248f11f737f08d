import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { lacksContents } from '../requests/may-read.ts';
import { openTexts } from '../requests/sealed-texts.ts';
import { breachField, breachUnknown } from './act-on-breach.ts';
import { breachEventsMax } from './load-breach.ts';

export type BreachTextShown = {
  seq: number;
  field: string;
  /** Null once it was erased. */
  text: string | null;
};

/** Opens what people wrote about a breach, notifications among it; that somebody read it stands in the trail first. */
export async function readBreachTextsOf(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<BreachTextShown[]>> {
  const refused = lacksContents(actor);
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: breachField }), input);
  if (!read.ok) return read;
  const { id } = read.form;
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const breach = await tx.privacyBreach.findUnique({ where: { id }, select: { number: true } });
      if (!breach) return breachUnknown();
      const rows = await tx.privacyBreachText.findMany({
        where: { breachId: id },
        orderBy: [{ seq: 'asc' }, { field: 'asc' }],
        select: { seq: true, field: true, sealed: true },
        take: breachEventsMax,
      });
      await appendAudit(tx, {
        kind: 'privacy-breach-read',
        subject: breach.number,
        actor: actor.personId,
        at: context.clock(),
        facts: { texts: rows.length },
      });
      return ok(rows);
    });
    if (!found.ok) return found;
    const opened = await openTexts(id, found.value, 'privacy-breach');
    return ok(opened.map(({ seq, field, text }) => ({ seq, field, text })));
  });
}
