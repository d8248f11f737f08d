import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress, type TakenPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { SealedText } from '../../requests/sealed-texts.ts';
import { holdMoved } from './act-on-hold.ts';
import { appendHoldEvent } from './append-hold-event.ts';
import { holdStatement } from './hold-statement.ts';
import { liftReasonsOf } from './prepare-lift.ts';
import { readyToLift, type ReadyToLift } from './ready-to-lift.ts';

const payloadForm = z
  .array(z.strictObject({ field: z.string(), sealed: z.base64(), commitment: z.string() }))
  .max(1);

/**
 * Takes what was signed to lift a hold: verifies the key press, checks the hold again, and keeps event and statement in
 * the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const now = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const asked = { ...form.value, purpose: 'privacy-hold' } as const;
    const press = await takeKeyPress(tx, actor, asked, now, context);
    if (!press.ok) return press;
    const { hold, revision, step, events, ...signed } = holdStatement.parse(
      JSON.parse(press.value.document),
    );
    const ready = await readyToLift(tx, actor, { id: hold, seen: revision, step }, now);
    if (!ready.ok) return ready;
    const texts = payloadForm.parse(press.value.payload ?? []).map(({ sealed, ...text }) => ({
      ...text,
      sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
    }));
    const reasons = texts[0]?.commitment ?? (await liftReasonsOf(tx, ready.value));
    if (ready.value.events !== events || reasons !== signed.reasons) return holdMoved();
    const waited = { texts, waitedSince: signed.issuedAt, press: press.value };
    return ok({ seq: await writeLift(tx, actor, ready.value, waited) });
  });
}

async function writeLift(
  tx: Tx,
  actor: Actor,
  { file, event, at }: ReadyToLift,
  { press, ...sealed }: { texts: SealedText[]; waitedSince: string; press: TakenPress },
): Promise<number> {
  const common = { ...sealed, by: actor.personId, at };
  const seq =
    event.kind === 'lifted'
      ? await appendHoldEvent(tx, file, { ...event, ...common })
      : await appendHoldEvent(tx, file, { ...event, ...common });
  await tx.privacyHoldStatement.create({
    data: {
      holdId: file.id,
      seq,
      document: press.document,
      assertion: asJson(press.assertion),
      credentialId: press.assertion.id,
    },
    select: { seq: true },
  });
  return seq;
}
