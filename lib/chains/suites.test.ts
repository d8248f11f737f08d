import { expect, test } from 'vitest';
import { suitesFor } from './suites.ts';

test('each family of chains takes the suites whose signatures it checks', () => {
  expect(suitesFor('solana:sandbox')).toEqual(['FROST-ED25519-SHA512-v1']);
  expect(suitesFor('bip122:000000000019d6689c085ae165831e93')).toEqual([
    'FROST-secp256k1-SHA256-TR-v1',
    'DKLS23-secp256k1-SHA256-v1',
  ]);
  expect(suitesFor('eip155:1')).toEqual(['DKLS23-secp256k1-SHA256-v1']);
});

test('a family that is not known here takes none, whatever it is called', () => {
  for (const chain of ['cosmos:hub', 'constructor:x', 'toString:x', '__proto__:x', ''])
    expect(suitesFor(chain)).toEqual([]);
});
