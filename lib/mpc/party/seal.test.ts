import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lengthPrefixed } from '../wire/tagged-hash.ts';
import { keyEncryptionKey, SealError } from './seal.ts';

const kek = keyEncryptionKey(new Uint8Array(32).fill(1));
const about = lengthPrefixed('share', 'key-warm-1', 1, 'control');
const plain = new Uint8Array(32).fill(7);

describe('sealed records', () => {
  test('open again under the same key and description', () => {
    expect(kek.open(about, kek.seal(about, plain))).toEqual(plain);
  });

  test('do not open under another key, for another description, or changed anywhere', () => {
    const sealed = kek.seal(about, plain);
    const other = keyEncryptionKey(new Uint8Array(32).fill(2));
    expect(() => other.open(about, sealed)).toThrow(SealError);
    const elsewhere = lengthPrefixed('share', 'key-warm-1', 1, 'custody');
    expect(() => kek.open(elsewhere, sealed)).toThrow(SealError);
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = sealed.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => kek.open(about, changed)).toThrow(SealError);
    }
    for (const length of [0, 1, 59, sealed.length - 1])
      expect(() => kek.open(about, sealed.subarray(0, length))).toThrow(SealError);
  });

  test('never repeat and never hold the plain bytes', () => {
    const secret = new Uint8Array(randomBytes(32));
    const [first, second] = [kek.seal(about, secret), kek.seal(about, secret)];
    expect(first).not.toEqual(second);
    expect(Buffer.from(first).includes(Buffer.from(secret))).toBe(false);
  });

  test("the caller's copy of the key is erased", () => {
    const root = new Uint8Array(32).fill(3);
    keyEncryptionKey(root);
    expect(root.every((byte) => byte === 0)).toBe(true);
  });
});
