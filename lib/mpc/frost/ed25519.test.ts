/** What only Ed25519 has: a quicker way to add shares up, and two ways to verify. */
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../wire/encoding.ts';
import { combineShares } from './combine.ts';
import { publicKeyOf } from './group.ts';
import { proofScheme } from './scheme.ts';
import { aggregateWithChecks, makeShare, OneTimeNonces } from './signing.ts';
import { ed25519Suite } from './suite.ts';
import { dealKey, done, membersOf, type Holder } from './testing/holders.ts';

const scheme = proofScheme(ed25519Suite);

describe('on Ed25519', () => {
  const holders = dealKey(membersOf(3), 2);
  const [first, , third] = holders as [Holder, Holder, Holder];
  const message = new TextEncoder().encode('a transaction');

  function signTogether(text: Uint8Array) {
    const ready = [first, third].map((holder) => ({
      ...holder,
      nonces: new OneTimeNonces(scheme, holder.index, holder.signingShare),
    }));
    const pairs = new Map(ready.map(({ index, nonces }) => [index, nonces.commitment]));
    const shares = new Map(
      ready.map((holder) => [
        holder.index,
        done(makeShare({ scheme, ...holder, pairs, message: text })).share,
      ]),
    );
    return { pairs, shares };
  }

  test("adding up quickly and noble's aggregation make the same bytes", () => {
    for (let round = 0; round < 10; round += 1) {
      const text = new TextEncoder().encode(`transaction ${round}`);
      const { pairs, shares } = signTogether(text);
      const asked = { scheme, group: first.group, pairs, shares, message: text };
      const publicKey = publicKeyOf(first.group);
      const checked = aggregateWithChecks(asked);
      expect(combineShares({ ...asked, publicKey })).toEqual(checked);
      expect(ed25519_FROST.verify(checked, text, fromHex(publicKey))).toBe(true);
    }
  });

  test('a signature that only lax verification takes is refused', () => {
    // Key and R of small order verify under ZIP 215 for every message.
    const identity = '01' + '00'.repeat(31);
    expect(scheme.verify(identity, message, fromHex(identity + '00'.repeat(32)))).toBe(false);
    expect(scheme.verify(publicKeyOf(first.group), message, new Uint8Array(3))).toBe(false);
  });
});
