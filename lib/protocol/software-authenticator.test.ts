import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { describe, expect, test } from 'vitest';
import {
  createSoftwareAuthenticator,
  loadSoftwareAuthenticator,
} from './software-authenticator.ts';

const origin = 'http://localhost:3000';
const challenge = Buffer.alloc(32, 7).toString('base64url');

describe.each(['ES256', 'EdDSA'] as const)('a software key of %s', (algorithm) => {
  test.each(['none', 'packed'] as const)('registers with %s attestation', async (attestation) => {
    const key = createSoftwareAuthenticator({ rpId: 'localhost', algorithm });
    const answer = await verifyRegistrationResponse({
      response: key.register({ challenge, origin, attestation }),
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: 'localhost',
      requireUserVerification: true,
      supportedAlgorithmIDs: [-7, -8],
    });
    expect(answer.verified).toBe(true);
    expect(answer.registrationInfo?.fmt).toBe(attestation);
    expect(answer.registrationInfo?.credential.id).toBe(key.credentialId);
    expect(Buffer.from(answer.registrationInfo?.credential.publicKey ?? [])).toEqual(
      Buffer.from(key.publicKey),
    );
  });

  test('makes assertions that an independent library accepts, also after saving and loading', async () => {
    const made = createSoftwareAuthenticator({
      rpId: 'localhost',
      algorithm,
      backupEligible: true,
    });
    const key = loadSoftwareAuthenticator(JSON.parse(JSON.stringify(made.exportKey())));
    const answer = await verifyAuthenticationResponse({
      response: key.assert({ challenge, origin, signCount: 3, userHandle: 'dXNlcg' }),
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: 'localhost',
      credential: { id: made.credentialId, publicKey: new Uint8Array(made.publicKey), counter: 2 },
    });
    expect(answer.verified).toBe(true);
    expect(answer.authenticationInfo.credentialDeviceType).toBe('multiDevice');
  });
});

test('a seed always gives the same credential', () => {
  const seed = new Uint8Array(32).fill(9);
  const [one, two] = [1, 2].map(() => createSoftwareAuthenticator({ rpId: 'localhost', seed }));
  expect(one?.exportKey()).toEqual(two?.exportKey());
});
