import { z } from 'zod';
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress, type TakenPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { SealedText } from '../requests/sealed-texts.ts';
import { breachMoved } from './act-on-breach.ts';
import { appendBreachEvent } from './append-breach-event.ts';
import { breachStatement, type BreachStatement } from './breach-statement.ts';
import { breachFacts } from './event.ts';
import { readyToSign, type ReadyToSign, type WantedStep } from './ready-to-sign.ts';

const payloadForm = z
  .array(z.strictObject({ field: z.string(), sealed: z.base64(), commitment: z.string() }))
  .max(5);

/**
 * Takes what was signed about a breach: verifies the key press, checks the breach again, and keeps event, texts and
 * statement in the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitBreachStep(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const now = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const asked = { ...form.value, purpose: 'privacy-breach' } as const;
    const press = await takeKeyPress(tx, actor, asked, now, context);
    if (!press.ok) return press;
    const statement = breachStatement.parse(JSON.parse(press.value.document));
    const ready = await readyToSign(tx, actor, wantedOf(statement), now);
    if (!ready.ok) return ready;
    const { event, events } = ready.value;
    // The 72 hours may have passed, or a contact may have gone, while the key was pressed.
    if (
      events !== statement.events ||
      contentDigest(event.facts) !== contentDigest(statement.facts)
    )
      return breachMoved();
    const texts = payloadForm.parse(press.value.payload ?? []).map(({ sealed, ...text }) => ({
      ...text,
      sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
    }));
    const carried = texts.map(({ field, commitment }) => ({ field, commitment }));
    if (contentDigest(carried) !== contentDigest(statement.texts)) return breachMoved();
    const waitedSince = statement.issuedAt;
    const signed = { texts, waitedSince, press: press.value };
    return ok({ seq: await writeStep(tx, actor, ready.value, signed) });
  });
}

function wantedOf({ breach: id, revision: seen, step, facts }: BreachStatement): WantedStep {
  switch (step) {
    case 'persons-decided':
      return { id, seen, step, decision: breachFacts[step].parse(facts) };
    case 'notification-signed':
      return { id, seen, step, digest: breachFacts[step].parse(facts).digest };
    default:
      return { id, seen, step };
  }
}

async function writeStep(
  tx: Tx,
  actor: Actor,
  { file, event, at }: ReadyToSign,
  { press, ...sealed }: { texts: SealedText[]; waitedSince: string; press: TakenPress },
): Promise<number> {
  const seq = await appendBreachEvent(tx, file, { ...event, ...sealed, by: actor.personId, at });
  await tx.privacyBreachStatement.create({
    data: {
      breachId: file.id,
      seq,
      document: press.document,
      assertion: asJson(press.assertion),
      credentialId: press.assertion.id,
    },
    select: { seq: true },
  });
  return seq;
}
