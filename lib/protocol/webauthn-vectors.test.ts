import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkAssertion, checkCoseSignature } from './webauthn.ts';
import w3c from './vectors/w3c-webauthn-l3-test-vectors.json' with { type: 'json' };
import ecdsa from './vectors/ecdsa_secp256r1_sha256_test.json' with { type: 'json' };
import ed25519 from './vectors/ed25519_test.json' with { type: 'json' };

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** What the check says about each published assertion under the rules for approvals. */
const strictAnswers: Record<string, string> = {
  'none-es256': 'user-not-verified',
  'packed-self-es256': 'user-not-verified',
  'none-es256-crossOrigin': 'cross-origin',
  'none-es256-topOrigin': 'cross-origin',
  'none-es256-long-credential-id': 'synced-key-not-allowed',
  'packed-es256': 'synced-key-not-allowed',
  'packed-es384': 'synced-key-not-allowed',
  'packed-es512': 'user-not-verified',
  'packed-rs256': 'user-not-verified',
  'packed-eddsa': 'user-not-verified',
  'packed-ed448': 'synced-key-not-allowed',
  'tpm-es256': 'synced-key-not-allowed',
  'android-key-es256': 'user-not-verified',
  'apple-es256': 'user-not-verified',
  'fido-u2f-es256': 'user-not-verified',
};

/** The same with synced passkeys allowed, as in the sandbox; null for those that then hold. */
const sandboxAnswers: Record<string, string | null> = {
  ...strictAnswers,
  'none-es256-long-credential-id': null,
  'packed-es256': null,
  'packed-es384': 'public-key-unusable',
  'packed-ed448': 'public-key-unusable',
  'tpm-es256': null,
};

/** Algorithms the console never accepts, by design: ES384, ES512, RS256 and Ed448. */
const unsupported = new Set([-35, -36, -257, -53]);

describe('W3C WebAuthn Level 3 assertions', () => {
  test('all fifteen are there', () => {
    expect(w3c.vectors.map((vector) => vector.id)).toEqual(Object.keys(strictAnswers));
  });

  describe.each(w3c.vectors)('$id', (vector) => {
    const { authentication, decoded, webauthnJson } = vector;
    const publicKey = Buffer.from(webauthnJson.credentialPublicKeyCose, 'base64url');
    const answer = (allowSynced: boolean): string | null => {
      const verdict = checkAssertion({
        credential: {
          id: webauthnJson.authenticationResponse.id,
          publicKey,
          signCount: 0,
          backupEligible: decoded.registrationFlags.BE,
        },
        response: webauthnJson.authenticationResponse,
        expected: {
          challenge: webauthnJson.expectedAuthenticationChallenge,
          origin: w3c.origin,
          rpId: w3c.rpId,
        },
        rules: { allowSynced },
      });
      return verdict.ok ? null : verdict.refusal;
    };

    test('is refused by name under the approval rules', () => {
      expect(answer(false)).toBe(strictAnswers[vector.id]);
      expect(answer(true)).toBe(sandboxAnswers[vector.id]);
    });

    test('has a signature that verifies where the algorithm is one of ours', () => {
      const clientDataHash = createHash('sha256')
        .update(hex(authentication.clientDataJSON))
        .digest();
      const signed = Buffer.concat([hex(authentication.authenticatorData), clientDataHash]);
      const verdict = checkCoseSignature(publicKey, signed, hex(authentication.signature));
      expect(verdict).toBe(unsupported.has(decoded.coseAlg) ? 'public-key-unusable' : null);
    });
  });
});

type Case = { tcId: number; msg: string; sig: string; result: string };

/** @returns the numbers of the cases in which the verdict is not the published one. */
function findSurprises(publicKey: Uint8Array, cases: readonly Case[]): number[] {
  return cases
    .filter(({ msg, sig, result }) => {
      const accepted = checkCoseSignature(publicKey, hex(msg), hex(sig)) === null;
      return accepted !== (result === 'valid');
    })
    .map(({ tcId }) => tcId);
}

test('Wycheproof ECDSA P-256: every verdict is the published one', () => {
  let seen = 0;
  for (const group of ecdsa.testGroups) {
    // An uncompressed point: 04, x, y.
    const point = hex(group.publicKey.uncompressed);
    const cose = Buffer.concat([
      hex('a5010203262001215820'),
      point.subarray(1, 33),
      hex('225820'),
      point.subarray(33),
    ]);
    expect(findSurprises(cose, group.tests)).toEqual([]);
    seen += group.tests.length;
  }
  expect(seen).toBe(ecdsa.numberOfTests);
});

test('Wycheproof Ed25519: every verdict is the published one', () => {
  let seen = 0;
  for (const group of ed25519.testGroups) {
    const cose = Buffer.concat([hex('a4010103272006215820'), hex(group.publicKey.pk)]);
    expect(findSurprises(cose, group.tests)).toEqual([]);
    seen += group.tests.length;
  }
  expect(seen).toBe(ed25519.numberOfTests);
});
