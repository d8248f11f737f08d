import { ed25519, ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { readCborMap } from './cbor.ts';
import { readCoseKey } from './cose.ts';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import { checkCoseSignature } from './webauthn.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const x = '11'.repeat(32);
const y = '22'.repeat(32);
const es256 = `a5010203262001215820${x}225820${y}`;
const eddsa = `a4010103272006215820${x}`;

describe('a stored key', () => {
  test('is read when it has exactly the fields of its kind', () => {
    expect(readCoseKey(hex(es256))).toEqual({ algorithm: 'ES256', x: hex(x), y: hex(y) });
    expect(readCoseKey(hex(eddsa))).toEqual({ algorithm: 'EdDSA', x: hex(x) });
  });

  test.each([
    ['nothing', ''],
    ['an empty map', 'a0'],
    ['a byte after it', `${es256}00`],
    ['a byte missing', es256.slice(0, -2)],
    ['a field too many', `a6010203262001215820${x}225820${y}2300`],
    ['a private part', `a5010103272006215820${x}235820${y}`],
    ['fields out of order', `a5030201262001215820${x}225820${y}`],
    ['a length in a longer form', `a501020326200121590020${x}225820${y}`],
    ['a number in a longer form', `a501180203262001215820${x}225820${y}`],
    ['an indefinite map', `bf010203262001215820${x}225820${y}ff`],
    ['a repeated field', `a501020102200121582011225820${y}`],
    ['a short coordinate', `a501020326200121581f${x.slice(2)}225820${y}`],
    ['a compressed point', `a5010203262001215820${x}22f5`],
    ['ES384', `a501020338222001215820${x}225820${y}`],
    ['EdDSA on the P-256 curve', `a4010103272001215820${x}`],
    ['ES256 under the key type of Ed25519', `a5010103262001215820${x}225820${y}`],
    ['an array', '80'],
    ['a tag', `c0${eddsa}`],
  ])('is not read with %s', (_, encoded) => expect(readCoseKey(hex(encoded))).toBeNull());

  test('of small order is refused in every spelling', () => {
    const prime = 2n ** 255n - 19n;
    const littleEndian = (value: bigint): Uint8Array =>
      hex(value.toString(16).padStart(64, '0')).toReversed();
    for (const point of ED25519_TORSION_SUBGROUP)
      for (const sign of [0, 0x80])
        for (const shift of [0n, prime]) {
          const bytes = hex(point);
          bytes[31] = (bytes[31] ?? 0) & 0x7f;
          const value = BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`) + shift;
          if (value >= 2n ** 255n) continue;
          const spelt = littleEndian(value);
          spelt[31] = (spelt[31] ?? 0) | sign;
          expect(readCoseKey(Buffer.concat([hex('a4010103272006215820'), spelt]))).toBeNull();
        }
  });

  test('that is no point of the curve is unusable', () => {
    expect(checkCoseSignature(hex(es256), hex('00'), hex('00'))).toBe('public-key-unusable');
  });

  const ed25519Cose = (point: Uint8Array): Uint8Array =>
    new Uint8Array(Buffer.concat([hex('a4010103272006215820'), point]));

  test('that is no point of the Ed25519 curve is unusable', () => {
    const offCurve = Array.from({ length: 40 }, (_, at) => new Uint8Array(32).fill(at + 2)).filter(
      (bytes) => {
        try {
          return !ed25519.Point.fromBytes(bytes);
        } catch {
          return readCoseKey(ed25519Cose(bytes)) !== null;
        }
      },
    );
    expect(offCurve.length).toBeGreaterThan(3);
    for (const bytes of offCurve)
      expect(checkCoseSignature(ed25519Cose(bytes), hex('00'), new Uint8Array(64))).toBe(
        'public-key-unusable',
      );
  });

  test('with a part of small order is unusable, whatever is signed', () => {
    const { Point } = ed25519;
    const base = Point.BASE.multiply(5n);
    const data = hex('0102');
    for (const torsion of ED25519_TORSION_SUBGROUP) {
      const part = Point.fromHex(torsion);
      const key = ed25519Cose(base.add(part).toBytes());
      const expected = part.is0() ? 'signature-invalid' : 'public-key-unusable';
      for (let turn = 0; turn < 2; turn += 1)
        expect(checkCoseSignature(key, data, new Uint8Array(64))).toBe(expected);
    }
  });

  test('of a software authenticator is read', () => {
    for (const algorithm of ['ES256', 'EdDSA'] as const)
      expect(
        readCoseKey(createSoftwareAuthenticator({ rpId: 'localhost', algorithm }).publicKey)
          ?.algorithm,
      ).toBe(algorithm);
  });
});

describe('CBOR', () => {
  test('reads what extensions are made of', () => {
    // {"uvm": [[2, 4, 2]], "credBlob": true, "hmac-secret": h'0102'}
    const map = readCborMap(
      hex('a36375766d81830204026863726564426c6f62f56b686d61632d736563726574420102'),
    );
    expect([...map]).toEqual([
      ['uvm', [[2, 4, 2]]],
      ['credBlob', true],
      ['hmac-secret', new Uint8Array([1, 2])],
    ]);
  });

  test.each([
    ['text that is not UTF-8', 'a161ff00'],
    ['keys that repeat', 'a2616100616100'],
    ['keys out of order', 'a2616200616100'],
    ['a float', 'a16161f90000'],
    ['undefined', 'a16161f7'],
    ['a 64-bit number', 'a161611b0000000100000000'],
    ['nesting beyond what CTAP allows', 'a161618181818100'],
    ['a byte string as key', 'a1410000'],
    ['an array longer than the rest', 'a161619affffffff00'],
  ])('refuses %s', (_, encoded) => expect(() => readCborMap(hex(encoded))).toThrow());
});
