import { describe, expect, it } from 'vitest';
import { findRegistrationFault, type RegistrationFacts } from './registration-rules.ts';
import { newKey, sandboxSettings } from './testing/people.ts';

const clientData = Buffer.from(JSON.stringify({ crossOrigin: false })).toString('base64url');
const now = new Date('2026-11-27T08:00:00.000Z');

const good: RegistrationFacts = {
  fmt: 'none',
  aaguid: '00000000-0000-0000-0000-000000000000',
  credentialDeviceType: 'singleDevice',
  userVerified: true,
  attestationObject: new Uint8Array(),
  credential: { publicKey: newKey().publicKey },
};

/** {1: 3, 3: -257, -1: n, -2: e}: RSA with PKCS #1 v1.5 and SHA-256. */
const rsaKey = Buffer.concat([
  Buffer.from('a401030339010020590100', 'hex'),
  Buffer.alloc(256, 0xab),
  Buffer.from('2143010001', 'hex'),
]);

describe('a key at registration', () => {
  it('is taken in the sandbox when its kind is one that parties verify', () => {
    expect(findRegistrationFault(good, clientData, sandboxSettings, now)).toBeNull();
  });

  it('is refused when it signs with RSA, with what to do', () => {
    const facts = { ...good, credential: { publicKey: rsaKey } };
    expect(findRegistrationFault(facts, clientData, sandboxSettings, now)).toMatch(
      /use another key/,
    );
  });
});
