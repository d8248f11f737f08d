import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { receiptOf, signReceipt } from '#lib/protocol/testing/vault-receipts.ts';
import type { VaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { findUnnamed } from './find-unnamed.ts';

const suite = 'FROST-secp256k1-SHA256-TR-v1';
const publicKey = `02${'ab'.repeat(32)}`;
let database: TestDatabase;
let web: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = database.connect('owner');
  web = database.connect('web');
  for (const [id, tier, parties] of [
    ['hot-1', 'hot', ['control', 'custody', 'recovery']],
    ['cold-1', 'cold', ['control', 'cold-a', 'cold-b']],
  ] as const) {
    const key = {
      id: `key-${id}`,
      suite,
      publicKey: id === 'cold-1' ? publicKey : `03${'cd'.repeat(32)}`,
      threshold: 2,
      parties: [...parties],
    };
    await owner.mpcKey.create({ data: { ...key, operationId: randomUUID() } });
    const vault = {
      id,
      name: id,
      tier,
      chain: BITCOIN_REGTEST,
      keyId: key.id,
      address: `at-${id}`,
    };
    await owner.vault.create({ data: vault });
  }
});
afterAll(() => database.drop());

function named(changes: Partial<VaultReceipt>, of: Partial<OwnVault> = {}): OwnVault {
  const entry = { vault: 'cold-1', chain: BITCOIN_REGTEST, address: 'at-cold-1', ...of };
  const receipt = receiptOf(entry, { suite, ...changes });
  return { ...entry, receipts: receipt.holders.slice(0, 2).map((by) => signReceipt(receipt, by)) };
}
const codeOf = async (...ownVaults: OwnVault[]): Promise<string | null> => {
  const transfer = { vault: 'hot-1', destination: { vault: 'cold-1' } };
  return (await findUnnamed(transfer, { ownVaults }, web))?.refusal.code ?? null;
};

describe('a transfer to a vault of other parties, where every owner has an account', () => {
  it('is refused at the form while the policy does not name the vault, or not its key', async () => {
    expect(await codeOf()).toBe('transfer-destination-unknown');
    expect(await codeOf(named({}))).toBe('transfer-destination-unknown');
    const { receipts: _none, ...bare } = named({ publicKey });
    expect(await codeOf(bare)).toBe('transfer-destination-unknown');
  });

  it('goes on once the policy names the vault with its key, and not at another address', async () => {
    expect(await codeOf(named({ publicKey }))).toBeNull();
    const elsewhere = named({ publicKey }, { address: 'elsewhere' });
    expect(await codeOf(elsewhere)).toBe('transfer-destination-differs');
  });
});
