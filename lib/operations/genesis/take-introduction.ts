import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readIntroduced } from '#lib/mpc/client/cold-founding.ts';
import { coldRefusalSentence } from '#lib/mpc/client/cold-refusals.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { partyWords } from '#lib/protocol/fingerprints.ts';
import { digestHex } from '#lib/protocol/scalars.ts';
import { findFoundersClosed } from './founders.ts';

/** An answer is of a few thousand characters. */
const ANSWER_MAX = 32_768;

const form = z.strictObject({ leg: digestHex, text: z.string().max(ANSWER_MAX) });

/**
 * Takes what a cold party says of itself, as somebody brought it. It is believed as little as what
 * parties with a network say: founders compare the words with those on the party's own page.
 */
export async function takeIntroduction(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ name: string; words: string[] }>> {
  const refused = lacksScope(actor, 'roster:raise');
  if (refused) return refused;
  const brought = form.safeParse(input);
  if (!brought.success)
    return refuse('form-invalid', 'This is not what a cold party answers to who it is.');
  const { leg, text } = brought.data;
  const now = context.clock();
  const { organisation, mode: environment } = context.settings;
  return inTransaction(context.db, async (tx) => {
    const closed = await findFoundersClosed(tx);
    if (closed) return closed;
    const row = await tx.genesisColdParty.findUnique({ where: { leg } });
    if (!row || row.removedAt)
      return refuse(
        'document-unknown',
        'This document asks nobody any more: the party was left out, or asked anew.',
      );
    if (row.answeredAt)
      return refuse('answer-taken', `The answer of ${row.name} to this document was taken before.`);
    const read = readIntroduced(new TextEncoder().encode(text), {
      organisation,
      environment,
      trip: leg,
      to: row.name,
      now,
      request: row.digest,
    });
    if (!read.ok) return refuse(read.refusal, coldRefusalSentence(read.refusal));
    const { name, group, identityKey, exchangeKey } = read.value;
    await tx.genesisColdParty.update({
      where: { leg },
      data: { group, identityKey, exchangeKey, answeredBy: actor.personId, answeredAt: now },
    });
    await appendAudit(tx, {
      kind: 'cold-party-introduced',
      subject: name,
      actor: actor.personId,
      at: now,
      facts: { group, identityKey },
    });
    await publish(tx, { topic: 'genesis', id: name });
    return ok({ name, words: partyWords(read.value) });
  });
}
