/**
 * A WebAuthn authenticator in software, for the sandbox's sample colleagues and for tests. Its
 * keys lie in plain files, so rosters mark them `software` and production refuses such rosters.
 */
import {
  createECDH,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

/** Model id that the sandbox's software keys carry, so that they are known wherever they register. */
export const softwareAaguid = '436f756e-7465-7273-6967-6e2073616e64';

export type SoftwareAlgorithm = 'ES256' | 'EdDSA';

/** Everything that makes the authenticator, as JSON that can be saved in a file. Secret. */
export type SoftwareKey = {
  version: 1;
  algorithm: SoftwareAlgorithm;
  rpId: string;
  /** Base64url. */
  credentialId: string;
  /** 32 bytes as base64url: the P-256 scalar or the Ed25519 seed. */
  secret: string;
  /** 16 bytes in lower-case hex. */
  aaguid: string;
  backupEligible: boolean;
};

/** What browsers send after `navigator.credentials.create` (WebAuthn Level 3 §5.1, JSON form). */
export type SoftwareRegistration = {
  id: string;
  rawId: string;
  type: 'public-key';
  authenticatorAttachment: 'cross-platform';
  clientExtensionResults: Record<string, never>;
  response: { clientDataJSON: string; attestationObject: string; transports: 'usb'[] };
};

/** What browsers send after `navigator.credentials.get`, JSON form. */
export type SoftwareAssertion = {
  id: string;
  rawId: string;
  type: 'public-key';
  authenticatorAttachment: 'cross-platform';
  clientExtensionResults: Record<string, never>;
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle?: string;
  };
};

export type RegisterOptions = {
  /** Base64url, as in the creation options. */
  challenge: string;
  origin: string;
  /** `packed` is self-attestation: signed by the new key itself. */
  attestation?: 'none' | 'packed';
  uv?: boolean;
  crossOrigin?: boolean;
};

/** Everything after `userHandle` makes an assertion that differs from a good one, for tests. */
export type AssertOptions = {
  /** Base64url, as in the request options. */
  challenge: string;
  origin: string;
  /** Base64url. */
  userHandle?: string;
  up?: boolean;
  uv?: boolean;
  be?: boolean;
  bs?: boolean;
  signCount?: number;
  crossOrigin?: boolean;
  topOrigin?: string;
  type?: string;
  rpId?: string;
  /** CBOR map appended to the authenticator data with the ED flag. */
  extensions?: Uint8Array;
  /** ES256 only: forces s above (true) or below (false) half the group order. */
  highS?: boolean;
};

export type SoftwareAuthenticator = {
  /** Base64url. */
  credentialId: string;
  /** COSE_Key bytes. */
  publicKey: Uint8Array;
  backupEligible: boolean;
  exportKey(): SoftwareKey;
  register(options: RegisterOptions): SoftwareRegistration;
  assert(options: AssertOptions): SoftwareAssertion;
};

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const text = (value: string): Buffer =>
  Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)]);
const bytes = (value: Uint8Array): Buffer => Buffer.concat([cborHead(2, value.length), value]);

function cborHead(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
}

type KeyPair = { privateKey: KeyObject; cose: Buffer };

function loadKeyPair(algorithm: SoftwareAlgorithm, secret: Buffer): KeyPair {
  if (algorithm === 'ES256') {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(secret);
    const point = curve.getPublicKey();
    const [x, y] = [point.subarray(1, 33), point.subarray(33)];
    const jwk = { kty: 'EC', crv: 'P-256', d: base64url(secret), x: base64url(x), y: base64url(y) };
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const cose = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      x,
      Buffer.from('225820', 'hex'),
      y,
    ]);
    return { privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), cose };
  }
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const x = Buffer.from(String(privateKey.export({ format: 'jwk' }).x), 'base64url');
  // {1: 1 (OKP), 3: -8 (EdDSA), -1: 6 (Ed25519), -2: x}
  return { privateKey, cose: Buffer.concat([Buffer.from('a4010103272006215820', 'hex'), x]) };
}

function randomSecret(algorithm: SoftwareAlgorithm): Buffer {
  const { privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  return Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url');
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const raw = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const body = (raw[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), raw]) : raw;
  return Buffer.concat([Buffer.from([2, body.length]), body]);
}

function signEs256(key: KeyObject, data: Buffer, highS: boolean | undefined): Buffer {
  const raw = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  const r = BigInt(`0x${raw.subarray(0, 32).toString('hex')}`);
  let s = BigInt(`0x${raw.subarray(32).toString('hex')}`);
  if (highS !== undefined && s > ORDER / 2n !== highS) s = ORDER - s;
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

type Flags = { up: boolean; uv: boolean; be: boolean; bs: boolean; at: boolean; ed: boolean };

function authenticatorHead(rpId: string, flags: Flags, signCount: number): Buffer {
  const bits =
    (flags.up ? 0x01 : 0) |
    (flags.uv ? 0x04 : 0) |
    (flags.be ? 0x08 : 0) |
    (flags.bs ? 0x10 : 0) |
    (flags.at ? 0x40 : 0) |
    (flags.ed ? 0x80 : 0);
  const tail = Buffer.alloc(5);
  tail.writeUInt8(bits, 0);
  tail.writeUInt32BE(signCount, 1);
  return Buffer.concat([sha256(rpId), tail]);
}

type Signer = { saved: SoftwareKey; cose: Buffer; sign(data: Buffer, highS?: boolean): Buffer };

const envelopeOf = (credentialId: string) =>
  ({
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    authenticatorAttachment: 'cross-platform',
    clientExtensionResults: {},
  }) as const;

function attestationStatement(signer: Signer, format: 'none' | 'packed', signed: Buffer): Buffer {
  if (format === 'none') return Buffer.from([0xa0]);
  const algorithm = signer.saved.algorithm === 'ES256' ? 0x26 : 0x27;
  return Buffer.concat([
    Buffer.from([0xa2]),
    text('alg'),
    Buffer.from([algorithm]),
    text('sig'),
    bytes(signer.sign(signed)),
  ]);
}

function register(signer: Signer, options: RegisterOptions): SoftwareRegistration {
  const { rpId, credentialId, aaguid, backupEligible } = signer.saved;
  const { challenge, origin, crossOrigin = false, uv = true, attestation = 'none' } = options;
  const clientData = Buffer.from(
    JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin }),
  );
  const flags = { up: true, uv, be: backupEligible, bs: false, at: true, ed: false };
  const id = Buffer.from(credentialId, 'base64url');
  const authData = Buffer.concat([
    authenticatorHead(rpId, flags, 0),
    Buffer.from(aaguid, 'hex'),
    Buffer.from([id.length >> 8, id.length & 255]),
    id,
    signer.cose,
  ]);
  const attestationObject = Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text(attestation),
    text('attStmt'),
    attestationStatement(signer, attestation, Buffer.concat([authData, sha256(clientData)])),
    text('authData'),
    bytes(authData),
  ]);
  return {
    ...envelopeOf(credentialId),
    response: {
      clientDataJSON: base64url(clientData),
      attestationObject: base64url(attestationObject),
      transports: ['usb'],
    },
  };
}

function assert(signer: Signer, options: AssertOptions): SoftwareAssertion {
  const { saved } = signer;
  const { challenge, origin, userHandle, topOrigin, extensions, rpId = saved.rpId } = options;
  const { type = 'webauthn.get', crossOrigin = false } = options;
  const top = topOrigin === undefined ? {} : { topOrigin };
  const clientData = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, ...top }));
  const { up = true, uv = true, be = saved.backupEligible, bs = false, signCount = 0 } = options;
  const flags = { up, uv, be, bs, at: false, ed: extensions !== undefined };
  const authData = Buffer.concat([
    authenticatorHead(rpId, flags, signCount),
    extensions ?? Buffer.alloc(0),
  ]);
  const signed = Buffer.concat([authData, sha256(clientData)]);
  return {
    ...envelopeOf(saved.credentialId),
    response: {
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authData),
      signature: base64url(signer.sign(signed, options.highS)),
      ...(userHandle === undefined ? {} : { userHandle }),
    },
  };
}

/**
 * Brings a saved authenticator back.
 * @throws when the saved key is not usable.
 */
export function loadSoftwareAuthenticator(saved: SoftwareKey): SoftwareAuthenticator {
  const { algorithm, credentialId, backupEligible } = saved;
  const { privateKey, cose } = loadKeyPair(algorithm, Buffer.from(saved.secret, 'base64url'));
  const signer: Signer = {
    saved,
    cose,
    sign: (data, highS) =>
      algorithm === 'ES256' ? signEs256(privateKey, data, highS) : sign(null, data, privateKey),
  };
  return {
    credentialId,
    publicKey: new Uint8Array(cose),
    backupEligible,
    exportKey: () => ({ ...saved }),
    register: (options) => register(signer, options),
    assert: (options) => assert(signer, options),
  };
}

/**
 * Makes a new authenticator with one credential. Its signature counter stays 0, as many real keys
 * do. With `seed` (32 bytes) the key and credential id are always the same, for examples.
 */
export function createSoftwareAuthenticator(options: {
  rpId: string;
  algorithm?: SoftwareAlgorithm;
  /** 16 bytes in hex; all zero when absent. */
  aaguid?: string;
  backupEligible?: boolean;
  seed?: Uint8Array;
}): SoftwareAuthenticator {
  const {
    rpId,
    algorithm = 'ES256',
    aaguid = '0'.repeat(32),
    backupEligible = false,
    seed,
  } = options;
  const credentialId = seed
    ? sha256(Buffer.concat([Buffer.from('credential id'), seed]))
    : randomBytes(32);
  return loadSoftwareAuthenticator({
    version: 1,
    algorithm,
    rpId,
    credentialId: base64url(credentialId),
    secret: base64url(seed ?? randomSecret(algorithm)),
    aaguid,
    backupEligible,
  });
}
