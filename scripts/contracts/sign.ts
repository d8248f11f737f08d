/** Signs the examples' statements so that making them again gives the same bytes. */
import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import type { Intent } from '#lib/protocol/intent.ts';
import type { Decision, SignedStatement, Statement } from '#lib/protocol/statement.ts';
import { keys, say, type Name } from '#lib/protocol/testing/sample.ts';

/** Node draws a random number for each ECDSA signature; this one is drawn from the message (RFC 6979). */
function signAgain(name: Name, { statement, assertion }: SignedStatement): SignedStatement {
  const { algorithm, secret } = keys[name].exportKey();
  if (algorithm !== 'ES256') return { statement, assertion };
  const { clientDataJSON, authenticatorData } = assertion.response;
  const clientDataHash = createHash('sha256')
    .update(Buffer.from(clientDataJSON, 'base64url'))
    .digest();
  const signed = Buffer.concat([Buffer.from(authenticatorData, 'base64url'), clientDataHash]);
  const bytes = p256.sign(signed, Buffer.from(secret, 'base64url'), { format: 'der' });
  const signature = Buffer.from(bytes).toString('base64url');
  return { statement, assertion: { ...assertion, response: { ...assertion.response, signature } } };
}

/** One person's signed statement, always the same. */
export function sayFixed(
  name: Name,
  decision: Decision,
  intent: Intent,
  changes: Partial<Statement> = {},
): SignedStatement {
  return signAgain(name, say(name, decision, intent, changes));
}
