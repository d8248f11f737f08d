/** Every suite, with what tests of all of them need to know of each. */
import { verify } from 'node:crypto';
import { keySuite } from '#lib/protocol/suites.ts';
import { fromHex } from '../../wire/encoding.ts';
import { publicKey } from '../../wire/identity.ts';
import { proofScheme } from '../scheme.ts';
import { suiteOf, type Suite } from '../suite.ts';

/** For `describe.each`. */
export const everySuite: readonly (readonly [string, Suite])[] = keySuite.options.map((name) => [
  name,
  suiteOf(name),
]);

const onEd25519: [string, string][] = [
  ['the identity', `01${'00'.repeat(31)}`],
  ['a point of small order', '00'.repeat(32)],
  [
    'a point outside the prime-order subgroup',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ],
  ['something that is no point', `02${'00'.repeat(31)}`],
  ['a point that is not written canonically', 'ff'.repeat(32)],
];

const onSecp256k1: [string, string][] = [
  ['the identity', '00'.repeat(33)],
  // x³+7 is no square for x = 5.
  ['something that is no point', `02${'00'.repeat(31)}05`],
  ['an x that is not below the field’s order', `02${'ff'.repeat(32)}`],
  ['a prefix that stands for no y', `04${'79'.repeat(32)}`],
  ['an x without a y', '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'],
];

/** What no party may take for a point of a key, and what is wrong with it. */
export const badPoints = ({ pointBytes }: Suite): [string, string][] => [
  ...(pointBytes === 32 ? onEd25519 : onSecp256k1),
  ['something that is no hexadecimal', 'zz'.repeat(pointBytes)],
];

/** Verification of a plain signature: by OpenSSL on Ed25519, by noble on secp256k1. */
export const verifies = (
  suite: Suite,
  key: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean =>
  suite.pointBytes === 32
    ? verify(null, message, publicKey('Ed25519', key), signature)
    : suite.frost.verify(signature, message, fromHex(key)) &&
      proofScheme(suite).verify(key, message, signature);
