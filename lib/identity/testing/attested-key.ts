/** Security keys with an attestation of a maker, as production wants them. */
import { createHash, sign } from 'node:crypto';
import { decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers';
import {
  createSoftwareAuthenticator,
  type RegisterOptions,
  type SoftwareRegistration,
} from '#lib/protocol/software-authenticator.ts';
import { certify, toPem, type Certified } from './certificate.ts';

export type AttestedKey = { register(options: RegisterOptions): SoftwareRegistration };

export type Maker = {
  aaguid: string;
  rootPem: string;
  makeKey(options?: { backupEligible?: boolean; aaguid?: string }): AttestedKey;
};

const model = 'ee882879-721c-4913-9775-3dfcce97072a';

/** A maker with a root and one attestation certificate under it. Each call makes another one. */
export function approvedMaker(): Maker {
  const root = certify('Root of the maker', null, true);
  const attestation = certify('Batch 1', root, false);
  return {
    aaguid: model,
    rootPem: toPem(root.certificate),
    makeKey: (options = {}) => {
      const key = createSoftwareAuthenticator({
        rpId: 'example.com',
        aaguid: model.replaceAll('-', ''),
        ...options,
      });
      return { register: (wanted) => attest(key.register(wanted), attestation) };
    },
  };
}

function attest(registration: SoftwareRegistration, by: Certified): SoftwareRegistration {
  const { clientDataJSON, attestationObject } = registration.response;
  const authData = decodeAttestationObject(
    new Uint8Array(Buffer.from(attestationObject, 'base64url')),
  ).get('authData');
  const clientDataHash = createHash('sha256')
    .update(Buffer.from(clientDataJSON, 'base64url'))
    .digest();
  const sig = sign('sha256', Buffer.concat([authData, clientDataHash]), by.privateKey);
  const statement = new Map<string, unknown>([
    ['alg', -7],
    ['sig', new Uint8Array(sig)],
    ['x5c', [new Uint8Array(by.certificate)]],
  ]);
  const attested = isoCBOR.encode(
    new Map<string, unknown>([
      ['fmt', 'packed'],
      ['attStmt', statement],
      ['authData', authData],
    ]) as never,
  );
  return {
    ...registration,
    response: {
      ...registration.response,
      attestationObject: Buffer.from(attested).toString('base64url'),
    },
  };
}
