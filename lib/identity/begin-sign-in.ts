import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Context } from '#lib/platform/context.ts';
import { challengeLifetimeMs, issueChallenge, newNonce } from './challenges.ts';

/** Options for a passkey sign-in. They name no person, so they tell a stranger nothing. */
export async function beginSignIn(
  context: Context,
): Promise<{ nonce: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const nonce = newNonce();
  await issueChallenge(
    context.db,
    { purpose: 'sign-in', nonce, challenge: nonce },
    context.clock(),
  );
  const options = await generateAuthenticationOptions({
    rpID: context.settings.rpId,
    challenge: new Uint8Array(Buffer.from(nonce, 'base64url')),
    userVerification: 'required',
    timeout: challengeLifetimeMs,
  });
  return { nonce, options };
}
