import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readColdAnswer } from '#lib/mpc/client/cold-documents.ts';
import { coldRefusalSentence } from '#lib/mpc/client/cold-refusals.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import { findGrantEnded } from '../access/grant-ended.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadRoster } from '../trust.ts';

const form = z.strictObject({
  /** Number of the document that is answered. */
  document: z.string().regex(/^[1-9]\d{0,17}$/),
  text: z.string(),
});

/**
 * Takes what somebody brought back from a cold site, if it answers this document: of this party, trip
 * and step, whole and in time, and no other one waits to be checked. What it carries the worker and
 * the parties check. The same answer again is taken as brought.
 * @returns the twelve words of the answer, as the cold party's page shows them.
 */
export async function bringAnswer(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ words: string[] }>> {
  const refused = lacksScope(actor, 'operation:decide');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Open the trip again from its list.');
  const { text } = asked.data;
  const bytes = new TextEncoder().encode(text);
  const id = BigInt(asked.data.document);
  const now = context.clock();
  const { organisation, mode: environment } = context.settings;
  return inTransaction(context.db, async (tx) => {
    const roster = await loadRoster(tx);
    if (!roster) return beforeGenesis();
    const ended = findGrantEnded(roster, actor.personId, now);
    if (ended) return ended;
    // Two people who bring answers at the same time do it one after the other.
    await tx.$queryRaw`SELECT 1 FROM cold_document WHERE id = ${id} FOR UPDATE`;
    const document = await tx.coldDocument.findUnique({ where: { id }, include: { trip: true } });
    if (!document) return refuse('document-unknown', 'There is no such document on its way.');
    const { trip, party, leg, step } = document;
    if (trip.state !== 'out')
      return refuse(
        'trip-over',
        'This trip is over, so its answer is worth nothing to anybody. Look at where the operation stands.',
      );
    if (document.takenAt !== null)
      return refuse('answer-taken', `The answer of ${party} to this document was taken before.`);
    const leads = { trip: leg, step, to: party };
    const read = readColdAnswer(bytes, {
      organisation,
      environment,
      ...leads,
      kind: document.kind === 'signing-request' ? 'signing-answer' : 'round-answer',
      now,
      request: document.digest,
    });
    if (!read.ok) return refuse(read.refusal, coldRefusalSentence(read.refusal));
    const { digest } = read.value;
    if (digest === document.refusedDigest)
      return refuse(
        'answer-refused-before',
        `This very answer was refused: ${document.refusalSentence ?? ''} Bring another.`,
      );
    const { answerDigest, refusedDigest } = document;
    if (answerDigest === digest) return ok({ words: travelWords(digest) });
    if (answerDigest !== null && answerDigest !== refusedDigest)
      return refuse(
        'answer-waits',
        `Another answer of ${party} to this document was brought before and is being checked. Wait until the trip says whether it was taken; bring this one only if it was refused.`,
      );
    await tx.coldDocument.update({
      where: { id },
      data: {
        answer: text,
        answerDigest: digest,
        answeredBy: actor.personId,
        answeredAt: now,
      },
    });
    await appendAudit(tx, {
      kind: 'cold-answer-brought',
      subject: trip.operationId,
      actor: actor.personId,
      at: now,
      facts: { trip: trip.id, party, step, digest },
    });
    await publish(tx, { topic: 'operations', id: trip.operationId });
    return ok({ words: travelWords(digest) });
  });
}
