/** Gives out a statement for its person to sign with one of their keys. */
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import type { Actor } from './actor.ts';
import { challengeLifetimeMs, issueChallenge, type NewChallenge } from './challenges.ts';

export type KeyPressRequest = {
  nonce: string;
  options: PublicKeyCredentialRequestOptionsJSON;
};

type Asked = Pick<NewChallenge, 'purpose' | 'payload'> & {
  statement: { type: string; nonce: string };
  /** Keys that may sign it; without them, every active key of the person. */
  keys?: readonly { id: string }[];
};

/** Stores what is to be signed under its nonce, and says what to ask the browser for. */
export async function askKeyPress(
  actor: Actor,
  { purpose, statement, payload, keys }: Asked,
  { db, clock, settings }: Context,
): Promise<Result<KeyPressRequest, 'too-many-challenges'>> {
  const challenge = challengeOf(statement);
  const issued = await issueChallenge(
    db,
    {
      purpose,
      nonce: statement.nonce,
      challenge,
      operatorId: actor.personId,
      sessionId: actor.sessionId,
      document: canonicalize(statement),
      ...(payload === undefined ? {} : { payload }),
    },
    clock(),
  );
  if (!issued.ok) return issued;
  const allowed =
    keys ??
    (await db.credential.findMany({
      where: { operatorId: actor.personId, status: 'active' },
      select: { id: true },
    }));
  const options = await generateAuthenticationOptions({
    rpID: settings.rpId,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    timeout: challengeLifetimeMs,
    allowCredentials: [...allowed],
  });
  return ok({ nonce: statement.nonce, options });
}
