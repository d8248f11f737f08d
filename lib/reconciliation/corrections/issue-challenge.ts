import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { keptPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { CorrectionStatement } from '#lib/protocol/correction.ts';

export type CorrectionRequest = KeyPressRequest & { correction: string };

/** What waits with the challenge for the signature. */
export const correctionPayload = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('raise'),
    document: z.string(),
    note: keptPayload,
  }),
  z.strictObject({ decision: z.literal('approve') }),
]);

/** Stores what is to be signed, and asks for a press of one of the person's keys. */
export async function issueCorrectionChallenge(
  actor: Actor,
  statement: CorrectionStatement,
  payload: z.infer<typeof correctionPayload>,
  context: Context,
): Promise<Result<CorrectionRequest, 'too-many-challenges'>> {
  const asked = await askKeyPress(
    actor,
    { purpose: 'ledger-correction', statement, payload },
    context,
  );
  return asked.ok ? ok({ correction: statement.correction, ...asked.value }) : asked;
}
