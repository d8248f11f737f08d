import { secp256k1 } from '@noble/curves/secp256k1.js';
import { expect, test } from 'vitest';
import { verifyMessage } from 'viem/utils';
import { accountAddress } from '#lib/chains/account-address.ts';
import type { RebuiltKey } from '#lib/mpc/backup/rebuild-key.ts';
import { Secret } from '#lib/mpc/backup/secret.ts';
import { prove } from './prove.ts';

const scalar = new Uint8Array(32).fill(11);
const publicKey = secp256k1.getPublicKey(scalar);
const chain = 'eip155:31337';
const suite = 'DKLS23-secp256k1-SHA256-v1';

const key: RebuiltKey = {
  key: 'key-hot-eth',
  epoch: 1,
  suite,
  chain,
  address: accountAddress({ chain, suite, publicKey, owner: null }) ?? '',
  publicKey: Buffer.from(publicKey).toString('hex'),
  parties: ['control', 'custody'],
  scalar: new Secret(scalar),
};

const field = (lines: readonly string[], name: string): string =>
  lines
    .find((line) => line.startsWith(name))
    ?.slice(name.length)
    .trim() ?? '';

test('a key rebuilt for Ethereum proves its address by a text that any wallet’s verifier takes', async () => {
  const lines = prove(key);
  const given = {
    address: key.address as `0x${string}`,
    message: field(lines, 'message'),
    signature: field(lines, 'signature') as `0x${string}`,
  };
  expect(given.message).toContain(`controls ${key.address}`);
  expect(await verifyMessage(given)).toBe(true);
  expect(await verifyMessage({ ...given, message: `${given.message} ` })).toBe(false);
  expect(field(lines, 'extended')).toMatch(/^xpub/);
});

test('a key that is not the one of its address proves nothing', () => {
  const other = new Secret(new Uint8Array(32).fill(12));
  expect(() => prove({ ...key, scalar: other })).toThrow('does not verify');
  expect(() => prove({ ...key, address: `0x${'11'.repeat(20)}` })).toThrow('signature-of-another');
});
