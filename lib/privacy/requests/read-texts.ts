import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { requestField } from './act-on-request.ts';
import { eventsMax } from './load-request.ts';
import { lacksContents } from './may-read.ts';
import { openContents } from './open-contents.ts';
import { openTexts } from './sealed-texts.ts';
import { guardedFields } from './texts.ts';

export type ShownText = {
  seq: number;
  field: string;
  /** Null once it was erased. */
  text: string | null;
};

const form = z.strictObject({ id: requestField, purpose: z.literal('claim').optional() });

/**
 * Opens what people wrote about a request; that somebody read it stands on record first. What must not be told to the
 * person is opened only for who advises or decides on requests, and nothing shows others that there is any.
 */
export async function readRequestTexts(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<ShownText[]>> {
  const refused = lacksContents(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, purpose } = read.form;
  const mayAll = actor.scopes.has('suspicion:read');
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const rows = await tx.privacyRequestText.findMany({
        where: { requestId: id, ...(mayAll ? {} : { field: { notIn: [...guardedFields] } }) },
        orderBy: [{ seq: 'asc' }, { field: 'asc' }],
        select: { seq: true, field: true, sealed: true },
        take: eventsMax * 4,
      });
      const facts = { texts: rows.length };
      const opening = await openContents(tx, actor, {
        id,
        facts,
        at: context.clock(),
        forClaim: purpose === 'claim',
      });
      return opening.ok ? ok(rows) : opening;
    });
    if (!found.ok) return found;
    const opened = await openTexts(id, found.value);
    return ok(opened.map(({ seq, field, text }) => ({ seq, field, text })));
  });
}
