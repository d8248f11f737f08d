/** A small set of books for database tests, kept through the same roles and functions as the real ones. */
import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { canonicalize, intentDigest } from '#lib/protocol/intent.ts';
import { clientAccount } from '../accounts.ts';
import { creditDeposit } from '../credit-deposit.ts';
import { findLedgerFaults } from '../find-faults.ts';
import { placeHold } from '../place-hold.ts';
import { postWithdrawal } from '../post-withdrawal.ts';
import { voidHold } from '../void-hold.ts';

export const vault = 'warm-1';
export const asset = 'SOL';

export type Books = {
  database: TestDatabase;
  owner: Database;
  web: Database;
  worker: Database;
};

/** The one vault of these books, under a key that no party holds. */
export async function createVault(owner: Database, address = 'address'): Promise<void> {
  await owner.mpcKey.create({
    data: {
      id: 'key-warm-1',
      suite: 'FROST-ED25519-SHA512-v1',
      publicKey: 'aa'.repeat(32),
      threshold: 2,
      parties: ['control', 'custody', 'recovery'],
      operationId: randomUUID(),
    },
  });
  await owner.vault.create({
    data: {
      id: vault,
      name: 'Warm 1',
      tier: 'warm',
      chain: 'solana:sandbox',
      keyId: 'key-warm-1',
      address,
    },
  });
}

/** Books with one vault and the named clients, all empty. */
export async function openBooks(clients: readonly string[], poolSize = 10): Promise<Books> {
  const database = await createTestDatabase();
  const owner = database.connect('owner');
  await createVault(owner);
  await owner.client.createMany({ data: clients.map((id) => ({ id })) });
  return {
    database,
    owner,
    web: database.connect('web', { poolSize }),
    worker: database.connect('worker', { poolSize }),
  };
}

/** Drops the books. @throws Error when they were wrong in the end. */
export async function closeBooks(books: Books): Promise<void> {
  const faults = await findLedgerFaults(books.owner);
  await books.database.drop();
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

let deposits = 0;

export async function deposit(books: Books, client: string | null, amount: bigint): Promise<void> {
  deposits += 1;
  const credited = await creditDeposit(books.worker, {
    chain: 'solana:sandbox',
    txid: `deposit-${deposits}`,
    vault,
    client,
    asset,
    amount,
  });
  if (!credited.ok) throw new Error(credited.refusal.sentence);
}

export const intentOf = (
  operation: string,
  client: string,
  amount: bigint,
): Record<string, unknown> => ({
  type: 'countersign/intent/v1',
  kind: 'withdrawal',
  operation,
  client,
  vault,
  asset,
  amount: amount.toString(),
  destination: { id: 'exchange-1', address: 'elsewhere' },
});

/** Writes a withdrawal as the web server does, without its hold. */
export async function writeOperation(
  tx: Tx,
  operation: string,
  client: string,
  amount: bigint,
): Promise<void> {
  const [row] = await tx.$queryRaw<
    { number: string }[]
  >`select next_operation_number('withdrawal') as number`;
  const intent = intentOf(operation, client, amount);
  await tx.operation.create({
    data: {
      id: operation,
      number: row?.number ?? '',
      kind: 'withdrawal',
      intent: canonicalize(intent),
      digest: intentDigest(intent),
      state: 'raised',
      raisedBy: 'p-aaaaaaaaaa',
      rosterVersion: 1,
      policyVersion: 1,
      policyRule: 'all',
      needs: [],
      expiresAt: new Date(Date.now() + 3_600_000),
      clientId: client,
      vaultId: vault,
      destinationId: 'exchange-1',
      asset,
      amount: amount.toString(),
    },
  });
}

class Refused extends Error {}

/** Raises a withdrawal with its hold. @returns false when the balance does not cover it. */
export async function raise(
  books: Books,
  operation: string,
  client: string,
  amount: bigint,
): Promise<boolean> {
  try {
    await inTransaction(books.web, async (tx) => {
      await writeOperation(tx, operation, client, amount);
      const held = await placeHold(tx, {
        hold: randomUUID(),
        operation,
        account: clientAccount(client, asset),
        amount,
      });
      if (!held.ok) throw new Refused(held.refusal.code);
    });
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

export async function move(db: Database | Tx, operation: string, state: string): Promise<void> {
  await db.operation.update({
    where: { id: operation },
    data: { state, revision: { increment: 1 } },
  });
}

/** Rejects it as the web server does. */
export async function reject(books: Books, operation: string): Promise<void> {
  await inTransaction(books.web, async (tx) => {
    await move(tx, operation, 'rejected');
    const voided = await voidHold(tx, { operation });
    if (!voided.ok) throw new Error(voided.refusal.code);
  });
}

/** Takes an approved and signed withdrawal to the point where the chain has it. */
export async function carryToChain(books: Books, operation: string): Promise<void> {
  await move(books.web, operation, 'cosigned');
  for (const state of ['signing', 'signed', 'broadcast'])
    await move(books.worker, operation, state);
}

/** Confirms it as the worker does. */
export async function confirm(
  books: Books,
  operation: string,
  client: string,
  amount: bigint,
  fee = 10_000n,
): Promise<void> {
  await inTransaction(books.worker, async (tx) => {
    await move(tx, operation, 'confirmed');
    const posted = await postWithdrawal(tx, { operation, client, vault, asset, amount, fee });
    if (!posted.ok) throw new Error(posted.refusal.sentence);
  });
}
