import { secp256k1 } from '@noble/curves/secp256k1.js';
import { expect, test } from 'vitest';
import { accountAddress } from '#lib/chains/account-address.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { receiptOf, signReceipt } from '#lib/protocol/testing/vault-receipts.ts';
import type { VaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { vouchedAccount } from './vouched-account.ts';

const suite = 'FROST-secp256k1-SHA256-TR-v1';
const keyOf = (secret: number): Uint8Array =>
  secp256k1.getPublicKey(new Uint8Array(32).fill(secret));
const addressAt = (secret: number, owner: string | null): string =>
  accountAddress({ chain: BITCOIN_REGTEST, suite, publicKey: keyOf(secret), owner }) ?? '';

function entry(secret: number, changes: Partial<VaultReceipt> = {}): OwnVault {
  const named = { vault: 'cold-1', chain: BITCOIN_REGTEST, address: addressAt(secret, null) };
  const publicKey = Buffer.from(keyOf(secret)).toString('hex');
  const receipt = receiptOf(named, { suite, publicKey, ...changes });
  const receipts = receipt.holders.slice(0, 2).map((party) => signReceipt(receipt, party));
  return { ...named, receipts };
}
const of = { vault: 'cold-1', chain: BITCOIN_REGTEST, owner: 'C-1001' };
const naming = (...ownVaults: OwnVault[]) => ({ ownVaults });

test('an owner’s account in a vault of others follows from the key that its holders name', () => {
  expect(vouchedAccount(of, [naming(entry(1))])).toBe(addressAt(1, 'C-1001'));
  expect(vouchedAccount({ ...of, owner: null }, [naming(entry(1))])).toBe(addressAt(1, null));
});

test.each<[string, readonly { ownVaults?: OwnVault[] }[]]>([
  ['no policy counts', []],
  ['one of the policies does not name the vault', [naming(entry(1)), {}]],
  ['two policies name different keys', [naming(entry(1)), naming(entry(2))]],
  ['the entry has no receipts', [naming({ ...entry(1), receipts: undefined })]],
  [
    'the key is not the one whose address is vouched for',
    [naming(entry(1, { publicKey: Buffer.from(keyOf(2)).toString('hex') }))],
  ],
  ['the key is no point of the curve', [naming(entry(1, { publicKey: `02${'ff'.repeat(32)}` }))]],
  ['it lies on another chain', [naming({ ...entry(1), chain: 'eip155:31337' })]],
])('nobody knows it where %s', (_what, policies) => {
  expect(vouchedAccount(of, policies)).toBeNull();
});
