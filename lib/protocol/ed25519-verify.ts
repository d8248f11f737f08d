/** Ed25519 signatures over documents, by keys that a policy or a roster names. */
import { createPublicKey, verify } from 'node:crypto';
import { isSoundEd25519Point } from './ed25519-key.ts';

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) without the key itself. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * True where the key signed exactly these bytes. Never throws: a key or signature that doesn't parse
 * verifies as false.
 * @param of.publicKey and `of.signature` in hex.
 */
export function isSignedBy(of: {
  publicKey: string;
  bytes: Uint8Array;
  signature: string;
}): boolean {
  const raw = Buffer.from(of.publicKey, 'hex');
  if (!isSoundEd25519Point(raw)) return false;
  try {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, raw]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, of.bytes, key, Buffer.from(of.signature, 'hex'));
  } catch {
    return false;
  }
}
