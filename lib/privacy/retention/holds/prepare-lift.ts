import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { sealTexts } from '../../requests/sealed-texts.ts';
import { readTexts } from '../../requests/texts.ts';
import { aboutHold } from './act-on-hold.ts';
import type { HoldStatement } from './hold-statement.ts';
import { readyToLift, type ReadyToLift } from './ready-to-lift.ts';

const form = z.discriminatedUnion('step', [
  z.strictObject({ ...aboutHold, step: z.literal('lift-proposed'), reasons: textField }),
  z.strictObject({ ...aboutHold, step: z.literal('lifted') }),
]);

/**
 * Checks that this person may propose to lift the hold, or lift it, as they saw it, and gives out the statement to sign.
 * Nothing happens to the hold until it comes back signed. The reasons wait sealed.
 */
export async function prepareLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const asked = read.form;
  const texts = readTexts(asked.step === 'lift-proposed' ? { reasons: asked.reasons } : {});
  if (!texts.ok) return texts;
  const now = context.clock();
  return keysRefusal(async () => {
    const ready = await inTransaction(context.db, async (tx) => {
      const checked = await readyToLift(tx, actor, asked, now);
      if (!checked.ok) return checked;
      const { id, keyId, seq } = checked.value.file;
      const place = { home: 'privacy-hold', id, keyId, seq: seq + 1 } as const;
      const sealed = await sealTexts(place, texts.texts);
      const reasons = sealed[0]?.commitment ?? (await liftReasonsOf(tx, checked.value));
      return ok({ ...checked.value, sealed, reasons });
    });
    if (!ready.ok) return ready;
    const { file, events, reasons, sealed } = ready.value;
    const statement: HoldStatement = {
      type: 'countersign/privacy-hold-statement/v1',
      organisation: context.settings.organisation,
      environment: context.settings.mode,
      hold: file.id,
      number: file.number,
      step: asked.step,
      ground: file.standing.opening.ground,
      covers: file.standing.opening.covers,
      events,
      reasons,
      revision: file.seq,
      person: actor.personId,
      nonce: newNonce(),
      issuedAt: now.toISOString(),
    };
    const payload = sealed.map((text) => ({
      ...text,
      sealed: Buffer.from(text.sealed).toString('base64'),
    }));
    return askKeyPress(actor, { purpose: 'privacy-hold', statement, payload }, context);
  });
}

/** The commitment to the reasons of the proposal that stands. */
export async function liftReasonsOf(tx: Tx, { file }: Pick<ReadyToLift, 'file'>): Promise<string> {
  const { commitment } = await tx.privacyHoldText.findUniqueOrThrow({
    where: {
      holdId_seq_field: {
        holdId: file.id,
        seq: file.standing.proposal?.seq ?? 0,
        field: 'reasons',
      },
    },
    select: { commitment: true },
  });
  return commitment;
}
