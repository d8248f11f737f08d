import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { withoutRestrictedNamed } from '#lib/persons/texts/restricted.ts';
import { requestField } from './act-on-request.ts';
import { eventsMax, textsOfEventMax } from './load-request.ts';
import { lacksContents } from './may-read.ts';
import { openContents, type Opening } from './open-contents.ts';
import { openShownTexts } from './shown-texts.ts';
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
 * person is opened only for who advises or decides on requests, and nothing shows others that there is any. Somebody else
 * whom a text names and whose data are restricted is blacked out (Art 18 GDPR).
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
        take: eventsMax * textsOfEventMax,
      });
      const facts = { texts: rows.length };
      const opening = await openContents(tx, actor, {
        id,
        facts,
        at: context.clock(),
        forClaim: purpose === 'claim',
      });
      return opening.ok ? ok({ rows, opening: opening.value }) : opening;
    });
    if (!found.ok) return found;
    const { rows, opening } = found.value;
    const opened = await openShownTexts(context.db, id, rows);
    const shown = await withoutOthers(context, opened, opening);
    return ok(opened.map(({ seq, field }, index) => ({ seq, field, text: shown[index] ?? null })));
  });
}

/** Until somebody is identified, nobody knows who else it is that is named: the sender may be restricted themselves. */
async function withoutOthers(
  { db }: Pick<Context, 'db'>,
  texts: readonly ShownText[],
  { personId, isForClaim }: Opening,
): Promise<(string | null)[]> {
  if (personId === null) return texts.map(({ text }) => text);
  const use = isForClaim ? 'claim' : 'texts-of-others';
  const shown = await withoutRestrictedNamed(
    db,
    use,
    texts.map(({ text }) => text),
    personId,
  );
  // To whom the answer goes was said by the sender.
  return texts.map(({ field, text }, index) =>
    field === 'name' || field === 'email' ? text : (shown[index] ?? null),
  );
}
