import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress, type TakenPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { keyOf } from '#lib/persons/texts/open-found.ts';
import { NamesErasedError } from '#lib/persons/texts/names-erased.ts';
import { refuseErasedSince } from './mention-texts.ts';
import { requestMoved } from './act-on-request.ts';
import { appendEvent } from './append-event.ts';
import { carryOutDecision } from './carry-out-decision.ts';
import { reasonsOf, scopeOfStep } from './prepare-decision.ts';
import { readyForDecision, type Ready, type Wanted } from './ready-for-decision.ts';
import { requestStatement, type RequestStatement } from './request-statement.ts';
import type { SealedText } from './sealed-texts.ts';

const payloadForm = z
  .array(z.strictObject({ field: z.string(), sealed: z.base64(), commitment: z.string() }))
  .max(1);

/**
 * Takes a signed decision: verifies the key press, checks the request again, and keeps event and statement in the same
 * transaction. The challenge is spent whatever the outcome.
 */
export async function submitDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const now = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const asked = { ...form.value, purpose: 'privacy-request' } as const;
      const press = await takeKeyPress(tx, actor, asked, now, context);
      if (!press.ok) return press;
      const statement = requestStatement.parse(JSON.parse(press.value.document));
      const refused = lacksScope(actor, scopeOfStep[statement.step]);
      if (refused) return refused;
      const ready = await readyForDecision(tx, actor, wantedOf(statement), now);
      if (!ready.ok) return ready;
      const texts = payloadForm.parse(press.value.payload ?? []).map(({ sealed, ...text }) => ({
        ...text,
        sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
      }));
      if (texts.some(({ sealed }) => keyOf(sealed) !== ready.value.file.keyId))
        throw new NamesErasedError();
      if (texts.length > 0) await refuseErasedSince(tx, statement.issuedAt);
      const reasons = texts[0]?.commitment ?? (await reasonsOf(tx, ready.value));
      if (ready.value.proposal.events !== statement.events || reasons !== statement.reasons)
        return requestMoved();
      return ok({
        seq: await writeDecision(tx, actor, { ready: ready.value, texts, press: press.value }),
      });
    }),
  );
}

function wantedOf({ request: id, revision: seen, ...signed }: RequestStatement): Wanted {
  if (signed.step === 'approved') return { id, seen, step: 'approved' };
  const { decision, grounds, earlier, plan, stops } = signed;
  return {
    id,
    seen,
    step: 'proposed',
    decided: { decision, grounds, earlier, package: signed.package, plan, ...(stops && { stops }) },
  };
}

async function writeDecision(
  tx: Tx,
  actor: Actor,
  { ready, texts, press }: { ready: Ready; texts: SealedText[]; press: TakenPress },
): Promise<number> {
  const { file, event, seat, at } = ready;
  const common = { texts, by: actor.personId, at };
  const seq =
    event.kind === 'proposed'
      ? await appendEvent(tx, file, { ...event, ...common }, seat)
      : await appendEvent(tx, file, { ...event, ...common }, seat);
  await tx.privacyRequestStatement.create({
    data: {
      requestId: file.id,
      seq,
      document: press.document,
      assertion: asJson(press.assertion),
      credentialId: press.assertion.id,
    },
    select: { seq: true },
  });
  if (event.kind === 'approved') await carryOutDecision(tx, actor, file, at);
  return seq;
}
