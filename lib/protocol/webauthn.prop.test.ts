import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPartyRefusal } from './refusals.ts';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import { checkAssertion, checkCoseSignature, type AssertionCheck } from './webauthn.ts';

const origin = 'https://console.example';
const rpId = 'console.example';
const challenge = Buffer.alloc(32, 5).toString('base64url');
const keys = (['ES256', 'EdDSA'] as const).map((algorithm) =>
  createSoftwareAuthenticator({ rpId, algorithm }),
);

function good(place: number): AssertionCheck & { response: { response: Record<string, string> } } {
  const key = keys[place % keys.length];
  if (!key) throw new Error('no key');
  const { credentialId: id, publicKey, backupEligible } = key;
  return {
    credential: { id, publicKey, signCount: 1, backupEligible },
    response: key.assert({ challenge, origin, signCount: 2 }),
    expected: { challenge, origin, rpId },
    rules: { allowSynced: false },
  };
}

/** Refused by name, without throwing. */
function expectRefused(input: unknown): void {
  const verdict = checkAssertion(input as AssertionCheck);
  expect(verdict.ok).toBe(false);
  if (!verdict.ok) expect(isPartyRefusal(verdict.refusal)).toBe(true);
}

const thrower: unknown = new Proxy(
  {},
  {
    get: () => {
      throw new Error('trap');
    },
    ownKeys: () => {
      throw new Error('trap');
    },
  },
);

test('nothing makes the check throw, and nothing random passes', () => {
  expectRefused(thrower);
  expectRefused({ ...good(0), response: thrower });
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
      (anything) => {
        expectRefused(anything);
        expectRefused({ ...good(0), response: anything });
        const { response } = good(1);
        expectRefused({ ...good(1), response: { ...response, response: anything } });
        expectRefused({ ...good(1), credential: anything });
        expectRefused({ ...good(1), expected: anything });
      },
    ),
  );
});

test('one flipped bit anywhere in an assertion is refused', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1 }),
      fc.constantFrom('clientDataJSON', 'authenticatorData', 'signature'),
      fc.nat(),
      (place, field, spot) => {
        const input = good(place);
        expect(checkAssertion(input)).toEqual({ ok: true, signCount: 2 });
        const bytes = Buffer.from(input.response.response[field] ?? '', 'base64url');
        const bit = spot % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const response = { ...input.response.response, [field]: bytes.toString('base64url') };
        expectRefused({ ...input, response: { ...input.response, response } });
      },
    ),
    { numRuns: 300 },
  );
});

test('random bytes are never a usable key or signature', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 140 }),
      fc.uint8Array({ maxLength: 80 }),
      (left, right) => {
        expect(checkCoseSignature(left, right, right)).toBe('public-key-unusable');
        const { publicKey } = good(0).credential;
        expect(checkCoseSignature(publicKey, left, right)).toBe('signature-invalid');
      },
    ),
  );
});
