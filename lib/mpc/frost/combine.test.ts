import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicKeyOf } from './group.ts';
import { proofScheme, signingScheme, type Scheme } from './scheme.ts';
import { aggregateShares, aggregateWithChecks, makeShare, OneTimeNonces } from './signing.ts';
import { suiteOf, type Suite } from './suite.ts';
import { at, dealKey, done, flipped, membersOf, type Holder } from './testing/holders.ts';

const ed25519Suite = suiteOf('FROST-ED25519-SHA512-v1');
const taprootSuite = suiteOf('FROST-secp256k1-SHA256-TR-v1');
const bip340 = signingScheme('FROST-secp256k1-SHA256-TR-v1');
if (!bip340) throw new Error('missing');

const ways: [string, Suite, Scheme][] = [
  ['RFC 9591 on Ed25519', ed25519Suite, proofScheme(ed25519Suite)],
  ['RFC 9591 on secp256k1', taprootSuite, proofScheme(taprootSuite)],
  ['BIP340', taprootSuite, bip340],
];

/** What these holders made for one message, before anybody adds it up. */
function signTogether(scheme: Scheme, holders: readonly Holder[], message: Uint8Array) {
  const ready = holders.map((holder) => ({
    ...holder,
    nonces: new OneTimeNonces(scheme, holder.index, holder.signingShare),
  }));
  const pairs = new Map(ready.map(({ index, nonces }) => [index, nonces.commitment]));
  const shares = new Map(
    ready.map((holder) => [
      holder.index,
      done(makeShare({ scheme, ...holder, pairs, message })).share,
    ]),
  );
  return { scheme, group: at(new Map(holders.entries()), 0).group, pairs, shares, message };
}

const message = fc.uint8Array({ minLength: 32, maxLength: 32 });
const threeOfFive = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 3, maxLength: 3 });

describe.each(ways)('adding up quickly, %s', (_name, suite, scheme) => {
  test('makes the same bytes as noble’s aggregation, in whatever order the shares came', () => {
    // A new key each time, so that odd and even points both occur.
    fc.assert(
      fc.property(message, threeOfFive, (text, places) => {
        const holders = dealKey(membersOf(5), 3, suite);
        const signers = places.map((place) => at(new Map(holders.entries()), place));
        const asked = signTogether(scheme, signers, text);
        const publicKey = publicKeyOf(asked.group);
        const checked = aggregateWithChecks(asked);
        expect(scheme.combine({ ...asked, publicKey })).toEqual(checked);
        expect(scheme.verify(publicKey, text, checked)).toBe(true);
        expect(aggregateShares(asked)).toEqual({ ok: true, signature: checked });
      }),
      { numRuns: 12 },
    );
  });

  test('ends at the name of the signer of a bad share, whichever bit of it was changed', () => {
    const holders = dealKey(membersOf(3), 2, suite);
    const signers = holders.slice(0, 2);
    fc.assert(
      fc.property(message, fc.integer({ min: 0, max: 255 }), (text, bit) => {
        const asked = signTogether(scheme, signers, text);
        const bad = new Map(asked.shares).set(2, flipped(at(asked.shares, 2), bit));
        expect(aggregateShares({ ...asked, shares: bad })).toEqual({
          ok: false,
          refusal: 'share-invalid',
          culprit: 2,
        });
      }),
      { numRuns: 12 },
    );
  });

  test('makes nothing of a share that is missing or one too many', () => {
    const asked = signTogether(
      scheme,
      dealKey(membersOf(3), 2, suite).slice(0, 2),
      new Uint8Array(32),
    );
    const [share] = asked.shares.values();
    if (!share) throw new Error('missing');
    for (const shares of [new Map([[1, share]]), new Map(asked.shares).set(3, share)])
      expect(aggregateShares({ ...asked, shares })).toMatchObject({ refusal: 'share-invalid' });
  });
});
