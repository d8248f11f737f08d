import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { challengeLifetimeMs, issueChallenge } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { CorrectionStatement } from '#lib/protocol/correction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { challengeOf } from '#lib/protocol/statement.ts';

export type CorrectionRequest = {
  correction: string;
  nonce: string;
  options: PublicKeyCredentialRequestOptionsJSON;
};

/** What waits with the challenge for the signature. */
export const correctionPayload = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('raise'),
    document: z.string(),
    note: z.strictObject({ text: z.string(), salt: base64url }),
  }),
  z.strictObject({ decision: z.literal('approve') }),
]);

/** Stores what is to be signed, and asks for a press of one of the person's keys. */
export async function issueCorrectionChallenge(
  actor: Actor,
  statement: CorrectionStatement,
  payload: z.infer<typeof correctionPayload>,
  { db, clock, settings }: Context,
): Promise<Result<CorrectionRequest, 'too-many-challenges'>> {
  const challenge = challengeOf(statement);
  const issued = await issueChallenge(
    db,
    {
      purpose: 'ledger-correction',
      nonce: statement.nonce,
      challenge,
      operatorId: actor.personId,
      sessionId: actor.sessionId,
      document: canonicalize(statement),
      payload,
    },
    clock(),
  );
  if (!issued.ok) return issued;
  const keys = await db.credential.findMany({
    where: { operatorId: actor.personId, status: 'active' },
    select: { id: true },
  });
  const options = await generateAuthenticationOptions({
    rpID: settings.rpId,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    timeout: challengeLifetimeMs,
    allowCredentials: keys,
  });
  return ok({ correction: statement.correction, nonce: statement.nonce, options });
}
