import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { lacksReading } from './may-read.ts';
import { requestField, requestUnknown } from './act-on-request.ts';
import { eventsMax } from './load-request.ts';
import { openTexts } from './sealed-texts.ts';
import { guardedFields } from './texts.ts';

export type ShownText = {
  seq: number;
  field: string;
  /** Null once it was erased. */
  text: string | null;
};

/**
 * Opens what people wrote about a request; that somebody read it stands in the trail first. What must not be told to the
 * person is opened only for those who keep people's records, and nothing shows others that there is any.
 */
export async function readRequestTexts(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<ShownText[]>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: requestField }), input);
  if (!read.ok) return read;
  const { id } = read.form;
  const mayAll = actor.scopes.has('person:write');
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const request = await tx.privacyRequest.findUnique({
        where: { id },
        select: { number: true },
      });
      if (!request) return requestUnknown();
      const rows = await tx.privacyRequestText.findMany({
        where: { requestId: id, ...(mayAll ? {} : { field: { notIn: [...guardedFields] } }) },
        orderBy: [{ seq: 'asc' }, { field: 'asc' }],
        select: { seq: true, field: true, sealed: true },
        take: eventsMax * 4,
      });
      await appendAudit(tx, {
        kind: 'privacy-request-read',
        subject: request.number,
        actor: actor.personId,
        at: context.clock(),
        facts: { texts: rows.length },
      });
      return ok(rows);
    });
    if (!found.ok) return found;
    const opened = await openTexts(id, found.value);
    return ok(opened.map(({ seq, field, text }) => ({ seq, field, text })));
  });
}
