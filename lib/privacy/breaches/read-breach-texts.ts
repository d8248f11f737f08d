import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { withoutRestricted } from '#lib/persons/texts/restricted.ts';
import type { Use } from '#lib/persons/uses.ts';
import { lacksContents } from '../requests/may-read.ts';
import { openShownTexts } from '../requests/shown-texts.ts';
import { breachField, breachUnknown } from './act-on-breach.ts';
import { breachTextsMax } from './load-breach.ts';

export type BreachTextShown = {
  seq: number;
  field: string;
  /** Null once it was erased. */
  text: string | null;
};

/**
 * Opens what people wrote about a breach, notifications among it; that somebody read it stands in the trail first. Who is
 * restricted is blacked out, unless the breach is being dealt with and the restriction leaves that ground (Art 18 GDPR).
 */
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
        select: { seq: true, field: true, sealed: true, commitment: true },
        take: breachTextsMax,
      });
      await appendAudit(tx, {
        kind: 'privacy-breach-read',
        subject: breach.number,
        actor: actor.personId,
        at: context.clock(),
        facts: { texts: rows.length },
      });
      const { state } = await tx.privacyBreachStanding.findUniqueOrThrow({
        where: { breachId: id },
        select: { state: true },
      });
      return ok({ rows, use: textUseOf(state) });
    });
    if (!found.ok) return found;
    const { rows, use } = found.value;
    const opened = await openShownTexts(context.db, id, rows, 'privacy-breach');
    const shown = await withoutRestricted(context.db, use, 'privacy_breach_text', opened);
    return ok(opened.map(({ seq, field }, index) => ({ seq, field, text: shown[index] ?? null })));
  });
}

/** Others are protected by dealing with a breach, and not by reading of one that is over. */
const textUseOf = (state: string): Use =>
  state === 'closed' || state === 'not-a-breach' ? 'texts-of-others' : 'incident';
