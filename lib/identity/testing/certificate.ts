/** X.509 certificates just good enough for an attestation, because Node.js can read but not make them. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  text: 0x0c,
  sequence: 0x30,
  set: 0x31,
};

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const oid = (hex: string): Buffer => der(TAG.oid, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = (): Buffer => der(TAG.sequence, oid('2a8648ce3d040302'));

/** Country, organisation, unit and common name: what WebAuthn asks of an attestation certificate. */
function nameOf(common: string): Buffer {
  const part = (type: string, value: string) =>
    der(
      TAG.set,
      der(TAG.sequence, oid(type), der(value.length === 2 ? 0x13 : TAG.text, Buffer.from(value))),
    );
  return der(
    TAG.sequence,
    part('550406', 'SE'),
    part('55040a', 'Maker of keys'),
    part('55040b', 'Authenticator Attestation'),
    part('550403', common),
  );
}

const time = (text: string): Buffer => der(0x18, Buffer.from(text));

export type Certified = { certificate: Buffer; name: string; privateKey: KeyObject };

/** @param issuer null for a root, which signs itself. */
export function certify(name: string, issuer: Certified | null, isAuthority: boolean): Certified {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const constraints = der(
    TAG.sequence,
    oid('551d13'),
    der(TAG.boolean, Buffer.from([0xff])),
    der(
      TAG.octets,
      der(TAG.sequence, ...(isAuthority ? [der(TAG.boolean, Buffer.from([0xff]))] : [])),
    ),
  );
  const content = der(
    TAG.sequence,
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1])),
    ecdsaWithSha256(),
    nameOf(issuer?.name ?? name),
    der(TAG.sequence, time('20200101000000Z'), time('20990101000000Z')),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(TAG.sequence, constraints)),
  );
  const signature = sign('sha256', content, issuer?.privateKey ?? privateKey);
  const certificate = der(
    TAG.sequence,
    content,
    ecdsaWithSha256(),
    der(TAG.bits, Buffer.from([0]), signature),
  );
  return { certificate, name, privateKey };
}

export function toPem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
