import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { HDKey } from '@scure/bip32';
import * as btc from '@scure/btc-signer';
import { expect, test } from 'vitest';
import { publicKeyToAddress } from 'viem/utils';
import { accountAddress } from './account-address.ts';
import { chainCodeOf } from './derive-key.ts';

const publicKey = secp256k1.getPublicKey(new Uint8Array(32).fill(7));
const onSecp256k1 = { publicKey, owner: null } as const;
const regtest = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const network = { bech32: 'bcrt', pubKeyHash: 0x6f, scriptHash: 0xc4, wif: 0xef };

/** By another's BIP32, from the vault's key with its chain code. */
function keyAt(path: string): Uint8Array {
  const chainCode = Uint8Array.from(chainCodeOf(publicKey));
  const child = new HDKey({ publicKey: Uint8Array.from(publicKey), chainCode }).derive(path);
  return child.publicKey ?? expect.fail('no key');
}

test('a client’s addresses are what wallets make of the vault’s key at the client’s path', () => {
  const of = { ...onSecp256k1, chain: regtest, owner: 'C-20418' };
  const taproot = { ...of, suite: 'FROST-secp256k1-SHA256-TR-v1' } as const;
  expect(accountAddress(taproot)).toBe(
    btc.p2tr(keyAt('m/5/0/20418/0').slice(1), undefined, network).address,
  );
  expect(accountAddress({ ...taproot, branch: 'change' })).toBe(
    btc.p2tr(keyAt('m/5/0/20418/1').slice(1), undefined, network).address,
  );
  expect(accountAddress({ ...of, suite: 'DKLS23-secp256k1-SHA256-v1' })).toBe(
    btc.p2wpkh(keyAt('m/5/0/20418/0'), network).address,
  );
  const point = secp256k1.Point.fromBytes(keyAt('m/5/0/20418/0'));
  expect(accountAddress({ ...of, chain: 'eip155:1', suite: 'DKLS23-secp256k1-SHA256-v1' })).toBe(
    publicKeyToAddress(`0x${point.toHex(false)}`),
  );
});

test('the vault’s address is the custodian’s own account', () => {
  const taproot = { ...onSecp256k1, suite: 'FROST-secp256k1-SHA256-TR-v1' } as const;
  expect(accountAddress({ ...taproot, chain: regtest })).toBe(
    btc.p2tr(keyAt('m/0/0/0/0').slice(1), undefined, network).address,
  );
});

test('on Solana every owner has the vault’s one address', () => {
  const of = {
    chain: 'solana:sandbox',
    suite: 'FROST-ED25519-SHA512-v1',
    publicKey: hexToBytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
  } as const;
  const vault = accountAddress({ ...of, owner: null });
  expect(vault).not.toBeNull();
  expect(accountAddress({ ...of, owner: 'C-20418' })).toBe(vault);
});

test('there is none on a chain that is not known, or with a suite that does not fit', () => {
  const taproot = { ...onSecp256k1, suite: 'FROST-secp256k1-SHA256-TR-v1' } as const;
  for (const chain of ['bip122:000000000000000000000000000000ff', 'eip155:1', 'cosmos:hub'])
    expect(accountAddress({ ...taproot, chain })).toBeNull();
  expect(
    accountAddress({ ...onSecp256k1, suite: 'DKLS23-secp256k1-SHA256-v1', chain: 'eip155:0' }),
  ).toBeNull();
});
