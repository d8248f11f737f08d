import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { withoutRestricted } from '#lib/persons/texts/restricted.ts';
import { lacksContents } from '../../requests/may-read.ts';
import { openShownTexts } from '../../requests/shown-texts.ts';
import { holdField, holdUnknown } from './act-on-hold.ts';
import { holdEventsMax } from './load-hold.ts';

export type HoldText = {
  seq: number;
  field: string;
  /** Null once it was erased. */
  text: string | null;
};

/**
 * Opens the reasons of a hold; that somebody read them stands in the trail first. A hold that stands is there for a claim;
 * of one that was lifted who is restricted is blacked out, and wherever the restriction leaves no ground (Art 18 GDPR).
 */
export async function readHoldTexts(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<HoldText[]>> {
  const refused = lacksContents(actor);
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: holdField }), input);
  if (!read.ok) return read;
  const { id } = read.form;
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const hold = await tx.privacyHold.findUnique({ where: { id }, select: { number: true } });
      if (!hold) return holdUnknown();
      const rows = await tx.privacyHoldText.findMany({
        where: { holdId: id },
        orderBy: [{ seq: 'asc' }, { field: 'asc' }],
        select: { seq: true, field: true, sealed: true, commitment: true },
        take: holdEventsMax,
      });
      await appendAudit(tx, {
        kind: 'privacy-hold-read',
        subject: hold.number,
        actor: actor.personId,
        at: context.clock(),
        facts: { texts: rows.length },
      });
      const { state } = await tx.privacyHoldStanding.findUniqueOrThrow({
        where: { holdId: id },
        select: { state: true },
      });
      return ok({ rows, use: state === 'lifted' ? 'texts-of-others' : 'claim' } as const);
    });
    if (!found.ok) return found;
    const { rows, use } = found.value;
    const opened = await openShownTexts(context.db, id, rows, 'privacy-hold');
    const shown = await withoutRestricted(context.db, use, 'privacy_hold_text', opened);
    return ok(opened.map(({ seq, field }, index) => ({ seq, field, text: shown[index] ?? null })));
  });
}
