import { describe, expect, test } from 'vitest';
import type { AssertionRefusal } from './refusals.ts';
import { createSoftwareAuthenticator, type AssertOptions } from './software-authenticator.ts';
import { checkAssertion, verifyAssertion, type AssertionCheck } from './webauthn.ts';

const origin = 'https://console.example';
const rpId = 'console.example';
const challenge = Buffer.alloc(32, 5).toString('base64url');
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const encode = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');

type Setup = {
  assert?: Partial<AssertOptions>;
  backupEligible?: boolean;
  credential?: Partial<AssertionCheck['credential']>;
  expected?: Partial<AssertionCheck['expected']>;
  rules?: Partial<AssertionCheck['rules']>;
};

const key = createSoftwareAuthenticator({ rpId });
const syncedKey = createSoftwareAuthenticator({ rpId, backupEligible: true });

function setUp(setup: Setup = {}) {
  const used = setup.backupEligible ? syncedKey : key;
  const response = used.assert({ challenge, origin, ...setup.assert });
  const { credentialId, publicKey, backupEligible } = used;
  const input = {
    credential: { id: credentialId, publicKey, signCount: 0, backupEligible, ...setup.credential },
    response,
    expected: { challenge, origin, rpId, ...setup.expected },
    rules: { allowSynced: false, ...setup.rules },
  } satisfies AssertionCheck;
  return input;
}

const refusalOf = (input: AssertionCheck): AssertionRefusal | null => {
  const verdict = checkAssertion(input);
  return verdict.ok ? null : verdict.refusal;
};

/** The same assertion with other client data under a fresh, valid signature is made by `assert`; this one is not signed again. */
function withClientData(text: string | Uint8Array): AssertionCheck {
  const input = setUp();
  const response = { ...input.response.response, clientDataJSON: encode(text) };
  return { ...input, response: { ...input.response, response } };
}
const clientData = (changes: object = {}): string =>
  JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false, ...changes });

function withAuthenticatorData(change: (bytes: Buffer) => Uint8Array): AssertionCheck {
  const input = setUp();
  const bytes = Buffer.from(input.response.response.authenticatorData, 'base64url');
  const response = { ...input.response.response, authenticatorData: encode(change(bytes)) };
  return { ...input, response: { ...input.response, response } };
}

describe.each(['ES256', 'EdDSA'] as const)('a good %s assertion', (algorithm) => {
  const made = createSoftwareAuthenticator({ rpId, algorithm });
  test('is accepted, with its counter', async () => {
    const { credentialId: id, publicKey, backupEligible } = made;
    const input = {
      credential: { id, publicKey, signCount: 6, backupEligible },
      response: made.assert({ challenge, origin, signCount: 7 }),
      expected: { challenge, origin: ['https://other.example', origin], rpId },
      rules: { allowSynced: false },
    };
    expect(checkAssertion(input)).toEqual({ ok: true, signCount: 7 });
    expect(await verifyAssertion(input)).toEqual({ ok: true, signCount: 7 });
  });
});

describe('what is accepted', () => {
  test.each<[string, Setup]>([
    ['a high s, which WebAuthn does not forbid', { assert: { highS: true } }],
    ['a low s', { assert: { highS: false } }],
    [
      'extensions that fill the rest exactly',
      { assert: { extensions: hex('a16b6372656450726f7465637402') } },
    ],
    [
      'a synced passkey where the rule allows it',
      { backupEligible: true, assert: { bs: true }, rules: { allowSynced: true } },
    ],
    ['a counter that stays 0', { credential: { signCount: 0 }, assert: { signCount: 0 } }],
    [
      'an older counter where order is not known',
      { credential: { signCount: 9 }, assert: { signCount: 4 }, rules: { checkCounter: false } },
    ],
    [
      'the user handle expected',
      { assert: { userHandle: 'dXNlcg' }, expected: { userHandle: 'dXNlcg' } },
    ],
    ['no user handle, though one is known', { expected: { userHandle: 'dXNlcg' } }],
  ])('%s', (_, setup) => expect(refusalOf(setUp(setup))).toBeNull());
});

describe('what is refused', () => {
  test.each<[string, AssertionRefusal, AssertionCheck]>([
    ['another ceremony', 'wrong-ceremony', setUp({ assert: { type: 'webauthn.create' } })],
    [
      'another challenge',
      'challenge-mismatch',
      setUp({ expected: { challenge: encode('another') } }),
    ],
    [
      'a challenge with padding',
      'challenge-mismatch',
      setUp({ assert: { challenge: `${challenge}=` } }),
    ],
    [
      'a challenge in a second spelling',
      'challenge-mismatch',
      setUp({ assert: { challenge: `${challenge.slice(0, -1)}V` } }),
    ],
    [
      'a site that starts like ours',
      'origin-not-allowed',
      setUp({ assert: { origin: `${origin}.evil.example` } }),
    ],
    [
      'our site on another port',
      'origin-not-allowed',
      setUp({ assert: { origin: `${origin}:444` } }),
    ],
    ['a page framed by another site', 'cross-origin', setUp({ assert: { crossOrigin: true } })],
    ['any top origin', 'cross-origin', setUp({ assert: { topOrigin: origin } })],
    ['another RP id', 'rp-id-mismatch', setUp({ assert: { rpId: 'other.example' } })],
    ['no touch', 'user-not-present', setUp({ assert: { up: false } })],
    ['no PIN', 'user-not-verified', setUp({ assert: { uv: false } })],
    [
      'backed up without being eligible',
      'backup-state-impossible',
      setUp({ assert: { bs: true } }),
    ],
    [
      'a key that has become copyable',
      'backup-eligibility-changed',
      setUp({ assert: { be: true }, rules: { allowSynced: true } }),
    ],
    [
      'a key that was copyable at registration',
      'backup-eligibility-changed',
      setUp({ credential: { backupEligible: true } }),
    ],
    ['a synced passkey', 'synced-key-not-allowed', setUp({ backupEligible: true })],
    [
      'a counter that stands still',
      'counter-regressed',
      setUp({ credential: { signCount: 5 }, assert: { signCount: 5 } }),
    ],
    [
      'a counter that falls back to 0',
      'counter-regressed',
      setUp({ credential: { signCount: 5 }, assert: { signCount: 0 } }),
    ],
    ['another credential', 'credential-mismatch', setUp({ credential: { id: 'AAAA' } })],
    [
      'another account',
      'user-handle-mismatch',
      setUp({ assert: { userHandle: 'dXNlcg' }, expected: { userHandle: 'b3RoZXI' } }),
    ],
    ['another key', 'signature-invalid', setUp({ credential: { publicKey: syncedKey.publicKey } })],
    [
      'a key that is no key',
      'public-key-unusable',
      setUp({ credential: { publicKey: hex('a0') } }),
    ],
    [
      'extensions cut short',
      'authenticator-data-malformed',
      setUp({ assert: { extensions: hex('a16b63726564') } }),
    ],
    [
      'bytes after the extensions',
      'authenticator-data-malformed',
      setUp({ assert: { extensions: hex('a000') } }),
    ],
    [
      'extensions that are no map',
      'authenticator-data-malformed',
      setUp({ assert: { extensions: hex('80') } }),
    ],
    [
      'bytes after the counter',
      'authenticator-data-malformed',
      withAuthenticatorData((bytes) => Buffer.concat([bytes, hex('00')])),
    ],
    [
      'authenticator data cut short',
      'authenticator-data-malformed',
      withAuthenticatorData((bytes) => bytes.subarray(0, 36)),
    ],
    [
      'attested credential data',
      'authenticator-data-malformed',
      withAuthenticatorData((bytes) => {
        bytes[32] = 0x45;
        return bytes;
      }),
    ],
    [
      'a counter changed after signing',
      'signature-invalid',
      withAuthenticatorData((bytes) => {
        bytes[36] = 9;
        return bytes;
      }),
    ],
    [
      'client data changed after signing',
      'signature-invalid',
      withClientData(clientData({ more: 1 })),
    ],
    [
      'a repeated key in client data',
      'client-data-malformed',
      withClientData(clientData().replace('{', '{"origin":"https://evil.example",')),
    ],
    [
      'a key repeated by an escape',
      'client-data-malformed',
      withClientData(clientData().replace('{', '{"\\u006frigin":"https://evil.example",')),
    ],
    ['a byte order mark', 'client-data-malformed', withClientData(`\ufeff${clientData()}`)],
    [
      'client data that is not UTF-8',
      'client-data-malformed',
      withClientData(hex('7b22ff223a317d')),
    ],
    [
      'client data that is too long',
      'client-data-malformed',
      withClientData(clientData({ pad: 'x'.repeat(2000) })),
    ],
    ['client data that is no object', 'client-data-malformed', withClientData('[]')],
    [
      'a crossOrigin that is no truth value',
      'client-data-malformed',
      withClientData(clientData({ crossOrigin: 'no' })),
    ],
    [
      'an expected challenge that is none',
      'expectation-malformed',
      setUp({ expected: { challenge: '' } }),
    ],
    ['no origin to expect', 'expectation-malformed', setUp({ expected: { origin: [] } })],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));

  test('junk with a low counter never looks like a copied key', () => {
    const input = setUp({ credential: { signCount: 5 }, assert: { signCount: 1 } });
    const response = { ...input.response.response, signature: 'MAYCAQECAQE' };
    expect(refusalOf({ ...input, response: { ...input.response, response } })).toBe(
      'signature-invalid',
    );
  });

  test('an id that differs from the raw id, unknown fields and other types', () => {
    const input = setUp();
    const changed = (changes: object): AssertionCheck => ({
      ...input,
      response: { ...input.response, ...changes },
    });
    expect(refusalOf(changed({ rawId: 'AAAA' }))).toBe('credential-mismatch');
    expect(refusalOf(changed({ extra: 1 }))).toBe('assertion-malformed');
    expect(refusalOf(changed({ type: 'password' }))).toBe('assertion-malformed');
    expect(refusalOf(changed({ response: null }))).toBe('assertion-malformed');
  });

  test('a signature with bytes after it', () => {
    const input = setUp();
    const { signature } = input.response.response;
    const longer = encode(Buffer.concat([Buffer.from(signature, 'base64url'), hex('00')]));
    const response = { ...input.response.response, signature: longer };
    expect(refusalOf({ ...input, response: { ...input.response, response } })).toBe(
      'signature-invalid',
    );
  });
});
