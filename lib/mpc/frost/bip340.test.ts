import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schnorr } from '@noble/curves/secp256k1.js';
import { fromHex, toHex } from '../wire/encoding.ts';

const [header, ...rows] = readFileSync(
  new URL('./vectors/bip340/test-vectors.csv', import.meta.url),
  'utf8',
)
  .trim()
  .split(/\r?\n/u);

const vectors = rows.map((row) => {
  const [
    index = '',
    secret = '',
    key = '',
    random = '',
    message = '',
    signature = '',
    result = '',
  ] = row.split(',');
  return { index, secret, key, random, message, signature, isValid: result === 'TRUE' };
});
const signing = vectors.filter(({ secret }) => secret !== '');

describe('BIP340, Schnorr signatures for secp256k1', () => {
  test('the vectors are the nineteen published ones', () => {
    expect(header).toBe(
      'index,secret key,public key,aux_rand,message,signature,verification result,comment',
    );
    expect(vectors).toHaveLength(19);
    expect(vectors.filter(({ isValid }) => isValid)).toHaveLength(9);
    expect(signing).toHaveLength(8);
  });

  test.each(signing)('vector $index: key and signature are the published ones', (of) => {
    const secret = fromHex(of.secret);
    expect(toHex(schnorr.getPublicKey(secret))).toBe(of.key.toLowerCase());
    const signature = schnorr.sign(fromHex(of.message), secret, fromHex(of.random));
    expect(toHex(signature)).toBe(of.signature.toLowerCase());
  });

  test.each(vectors)('vector $index: the signature counts as valid: $isValid', (of) => {
    const [signature, message, key] = [of.signature, of.message, of.key].map(fromHex);
    if (!signature || !message || !key) throw new Error('missing');
    expect(schnorr.verify(signature, message, key)).toBe(of.isValid);
  });
});
