import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { challengeLifetimeMs, issueChallenge, newNonce } from './challenges.ts';

/** Options for a passkey sign-in. They name no person, so they tell a stranger nothing. */
export async function beginSignIn(
  context: Context,
): Promise<Result<{ nonce: string; options: PublicKeyCredentialRequestOptionsJSON }>> {
  const nonce = newNonce();
  const issued = await issueChallenge(
    context.db,
    { purpose: 'sign-in', nonce, challenge: nonce },
    context.clock(),
  );
  if (!issued.ok) return issued;
  const options = await generateAuthenticationOptions({
    rpID: context.settings.rpId,
    challenge: new Uint8Array(Buffer.from(nonce, 'base64url')),
    userVerification: 'required',
    timeout: challengeLifetimeMs,
  });
  return ok({ nonce, options });
}
