import { randomUUID } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { matchVaultTransfer } from '#lib/protocol/match-transfer.ts';
import { vaultTransfer } from '#lib/protocol/testing/every-kind.ts';
import { policy, roster } from '#lib/protocol/testing/sample.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import type { Trust } from '../trust.ts';
import { heldRecords } from './held-records.ts';

const suite = 'FROST-secp256k1-SHA256-TR-v1';
const keyOf = (fill: number) =>
  ({
    chain: BITCOIN_REGTEST,
    suite,
    publicKey: bytesToHex(secp256k1.getPublicKey(new Uint8Array(32).fill(fill))),
  }) as const;
const keys = { 'btc-1': keyOf(7), 'btc-2': keyOf(8) } as const;
let database: TestDatabase;
let web: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = database.connect('owner');
  web = database.connect('web');
  for (const [id, key] of Object.entries(keys)) {
    const { chain, publicKey } = key;
    const made = {
      id: `key-${id}`,
      suite,
      publicKey,
      threshold: 2,
      parties: ['control', 'custody'],
    };
    await owner.mpcKey.create({ data: { ...made, operationId: randomUUID() } });
    await owner.vault.create({
      data: {
        id,
        name: id,
        tier: 'hot',
        chain,
        keyId: made.id,
        address: addressOfOwner(key, null),
      },
    });
  }
});
afterAll(() => database.drop());

const transferOf = (owner: string | null, to: string): VaultTransferIntent => ({
  ...vaultTransfer,
  vault: 'btc-1',
  chain: BITCOIN_REGTEST,
  asset: 'BTC',
  destination: { vault: 'btc-2', address: to },
  feeBearer: owner ?? 'custodian',
  owner,
});

/** What the parties would refuse of it, by the console's records. */
async function refusalOf(intent: VaultTransferIntent) {
  const trust: Trust = { roster, rosterDigest: '', policy, policyDigest: '' };
  const party = await heldRecords(intent, trust, web, new Date());
  // Statements and peers are looked at elsewhere.
  const input = { ...trust, party, transaction: null } as unknown as DecideInput;
  return matchVaultTransfer(intent, input, [policy]);
}

describe('the console’s records of a transfer between vaults where every owner has an account', () => {
  it.each(['C-20418', null])('know the account of %s in both vaults', async (owner) => {
    const to = addressOfOwner(keys['btc-2'], owner);
    expect(await refusalOf(transferOf(owner, to))).toBe('transaction-missing');
  });

  it('do not take another owner’s account for it', async () => {
    const to = addressOfOwner(keys['btc-2'], 'C-11903');
    expect(await refusalOf(transferOf('C-20418', to))).toBe('transfer-destination-differs');
  });
});
