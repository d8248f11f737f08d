/**
 * Secrets at rest: each record is encrypted under a random key of its own, which is wrapped by the
 * key-encryption key. What the record is about is authenticated data, so a sealed share can't be
 * moved to another key, epoch, party or state.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { lengthPrefixed, type HashPart } from '../wire/tagged-hash.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** Wraps record keys and authenticates trust records; never leaves the object. */
export type KeyEncryptionKey = {
  seal(about: Uint8Array, plain: Uint8Array): Uint8Array;
  /** @throws SealError when the record was made under another key or about something else. */
  open(about: Uint8Array, sealed: Uint8Array): Uint8Array;
  /** Hex HMAC-SHA256 under a key derived for this purpose. */
  authenticate(tag: string, ...parts: readonly HashPart[]): string;
};

export class SealError extends Error {
  override name = 'SealError';
  constructor() {
    super('A sealed record does not open: wrong key-encryption key, or the record was changed.');
  }
}

function encrypt(key: Uint8Array, about: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(about);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, about: Uint8Array, sealed: Uint8Array): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new SealError();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(about);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch {
    throw new SealError();
  }
}

function derive(root: Uint8Array, purpose: string): Buffer {
  return createHmac('sha256', root).update(lengthPrefixed('countersign/kek/v1', purpose)).digest();
}

/** @param root 32 secret bytes; the caller's copy is erased. */
export function keyEncryptionKey(root: Uint8Array): KeyEncryptionKey {
  if (root.length !== KEY_BYTES) throw new Error('A key-encryption key has 32 bytes.');
  const wrapping = derive(root, 'wrap');
  const authentication = derive(root, 'authenticate');
  root.fill(0);
  return {
    seal(about, plain) {
      const recordKey = randomBytes(KEY_BYTES);
      const sealed = Buffer.concat([
        encrypt(wrapping, lengthPrefixed('countersign/record-key/v1', about), recordKey),
        encrypt(recordKey, lengthPrefixed('countersign/record/v1', about), plain),
      ]);
      recordKey.fill(0);
      return new Uint8Array(sealed);
    },
    open(about, sealed) {
      const wrapped = sealed.subarray(0, WRAPPED_BYTES);
      const recordKey = decrypt(
        wrapping,
        lengthPrefixed('countersign/record-key/v1', about),
        wrapped,
      );
      try {
        const plain = decrypt(
          recordKey,
          lengthPrefixed('countersign/record/v1', about),
          sealed.subarray(WRAPPED_BYTES),
        );
        return new Uint8Array(plain);
      } finally {
        recordKey.fill(0);
      }
    },
    authenticate: (tag, ...parts) =>
      createHmac('sha256', authentication)
        .update(lengthPrefixed(tag, ...parts))
        .digest('hex'),
  };
}
