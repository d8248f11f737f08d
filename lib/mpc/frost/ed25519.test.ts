/** What only Ed25519 has: two ways to verify. */
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../wire/encoding.ts';
import { publicKeyOf } from './group.ts';
import { proofScheme } from './scheme.ts';
import { ed25519Suite } from './suite.ts';
import { dealKey, done, membersOf, sign, type Holder } from './testing/holders.ts';

const scheme = proofScheme(ed25519Suite);

describe('on Ed25519', () => {
  const holders = dealKey(membersOf(3), 2);
  const [first, , third] = holders as [Holder, Holder, Holder];
  const message = new TextEncoder().encode('a transaction');

  test("a signature is one to noble's ready-made suite", () => {
    const { signature } = done(sign(first.group, [first, third], message));
    const publicKey = fromHex(publicKeyOf(first.group));
    expect(ed25519_FROST.verify(signature, message, publicKey)).toBe(true);
  });

  test('a signature that only lax verification takes is refused', () => {
    // Key and R of small order verify under ZIP 215 for every message.
    const identity = '01' + '00'.repeat(31);
    expect(scheme.verify(identity, message, fromHex(identity + '00'.repeat(32)))).toBe(false);
    expect(scheme.verify(publicKeyOf(first.group), message, new Uint8Array(3))).toBe(false);
  });
});
