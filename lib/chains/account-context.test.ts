import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { accountAddress, branchesOn, type VaultKey } from './account-context.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './bitcoin/networks.ts';

const publicKey = bytesToHex(secp256k1.getPublicKey(new Uint8Array(32).fill(7)));
const taproot: VaultKey = {
  chain: BITCOIN_REGTEST,
  suite: 'FROST-secp256k1-SHA256-TR-v1',
  publicKey,
};
const ecdsa: VaultKey = { ...taproot, suite: 'DKLS23-secp256k1-SHA256-v1' };
const ether: VaultKey = { ...ecdsa, chain: 'eip155:31337' };

describe('accounts of owners', () => {
  test('the kind of address follows from the suite of the key', () => {
    expect(accountAddress(taproot, 'C-20418')).toMatch(/^bcrt1p[0-9a-z]{58}$/);
    expect(accountAddress(ecdsa, 'C-20418')).toMatch(/^bcrt1q[0-9a-z]{38}$/);
    expect(accountAddress({ ...ecdsa, chain: BITCOIN_MAINNET }, 'C-20418')).toMatch(/^bc1q/);
    expect(accountAddress(ether, 'C-20418')).toMatch(/^0x[0-9a-fA-F]{40}$/);
  });

  test('no two owners, branches or chains of one key share an address', () => {
    const addresses = [taproot, ecdsa].flatMap((key) =>
      ['C-20418', 'C-20419', null].flatMap((owner) =>
        branchesOn(key.chain).map((branch) => accountAddress(key, owner, branch)),
      ),
    );
    expect(new Set(addresses).size).toBe(12);
  });

  test('a vault with one address for all has no accounts', () => {
    const solana: VaultKey = {
      chain: 'solana:sandbox',
      suite: 'FROST-ED25519-SHA512-v1',
      publicKey,
    };
    expect(() => accountAddress(solana, 'C-20418')).toThrow('one address for all');
  });
});
