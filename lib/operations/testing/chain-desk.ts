/** A vault on a fresh sandbox chain with books of its own, and the worker's context over both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { conflictKeyOf } from '#lib/chains/solana/conflict-key.ts';
import { sandboxSettings } from '#lib/identity/testing/people.ts';
import {
  carryToChain,
  closeBooks,
  deposit,
  openBooks,
  vault,
  type Books,
} from '#lib/ledger/testing/books.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { placeHold } from '#lib/ledger/place-hold.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  canonicalize,
  intentDigest,
  withdrawalIntent,
  type WithdrawalIntent,
} from '#lib/protocol/intent.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import {
  freshKey,
  openVault,
  signTransfer,
  until,
  type SignedTransfer,
  type VaultFixture,
} from '#lib/sandbox/solana/testing/vault-fixture.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { loadStanding, type OperationRow } from '../load-standing.ts';

/** In front of the message: how many signatures, and two of them. */
const SIGNATURES_BYTES = 1 + 2 * 64;

export type ChainDesk = {
  books: Books;
  chain: SandboxProcess;
  fixture: VaultFixture;
  /** Its clock goes on by `passTime` only. */
  context: WorkerContext;
  passTime(milliseconds: number): void;
  /** Drops everything. @throws Error when the books were wrong in the end. */
  close(): Promise<void>;
};

export async function openChainDesk(clients: readonly string[]): Promise<ChainDesk> {
  const data = mkdtempSync(join(tmpdir(), 'cs-desk-'));
  const chain = await startSandbox({ data });
  const books = await openBooks(clients);
  const fixture = await openVault(chain.url);
  await books.owner.vault.update({
    where: { id: vault },
    data: { address: fixture.vault.address },
  });
  await books.worker.nonceAccount.create({
    data: { address: fixture.nonceAccount, vaultId: vault },
  });
  let now = Date.now();
  return {
    books,
    chain,
    fixture,
    context: {
      db: books.worker,
      clock: () => new Date(now),
      settings: sandboxSettings,
      parties: [],
      solana: fixture.client,
      feePayer: fixture.feePayer,
    },
    passTime: (milliseconds) => {
      now += milliseconds;
    },
    close: async () => {
      await chain.stop('SIGKILL');
      rmSync(data, { recursive: true, force: true });
      await closeBooks(books);
    },
  };
}

export const intentFor = (withdrawal: {
  operation: string;
  client: string;
  amount: bigint;
  to: string;
}): WithdrawalIntent =>
  withdrawalIntent.parse({
    type: 'countersign/intent/v1',
    organisation: sandboxSettings.organisation,
    environment: 'sandbox',
    operation: withdrawal.operation,
    notAfter: new Date(Date.now() + 3_600_000).toISOString(),
    kind: 'withdrawal',
    client: withdrawal.client,
    vault,
    chain: 'solana:sandbox',
    asset: 'SOL',
    amount: withdrawal.amount.toString(),
    destination: { id: 'exchange-1', address: withdrawal.to },
    highestFee: '10000',
    memo: null,
    reasonCommitment: 'ab'.repeat(32),
    travelRule: null,
  });

export type OnItsWay = { operation: string; intent: WithdrawalIntent; transfer: SignedTransfer };

let raised = 0;

/** Raises a withdrawal with an intent that the worker can read, as the web server does. */
export async function raiseIntent(
  { books }: { books: Pick<Books, 'web'> },
  intent: WithdrawalIntent,
  raisedBy = 'p-aaaaaaaaaa',
): Promise<void> {
  raised += 1;
  const { operation, client, asset, amount } = intent;
  await inTransaction(books.web, async (tx) => {
    await tx.operation.create({
      data: {
        id: operation,
        number: `WD-2026-9${String(raised).padStart(5, '0')}`,
        kind: 'withdrawal',
        intent: canonicalize(intent),
        digest: intentDigest(intent),
        state: 'raised',
        raisedBy,
        rosterVersion: 1,
        policyVersion: 1,
        policyRule: 'all',
        needs: [],
        expiresAt: new Date(intent.notAfter),
        clientId: client,
        vaultId: intent.vault,
        destinationId: intent.destination.id,
        asset,
        amount,
      },
    });
    const held = await placeHold(tx, {
      hold: randomUUID(),
      operation,
      account: clientAccount(client, asset),
      amount: BigInt(amount),
    });
    if (!held.ok) throw new Error(held.refusal.sentence);
  });
}

/** A withdrawal with a transaction that nobody was asked to sign yet. */
export async function buildOnPaper(
  desk: ChainDesk,
  wanted: { client: string; amount: bigint },
): Promise<OnItsWay & { transaction: string }> {
  const { books, fixture } = desk;
  const operation = randomUUID();
  const to = freshKey().address;
  const intent = intentFor({ operation, to, ...wanted });
  await deposit(books, wanted.client, wanted.amount);
  await raiseIntent(desk, intent);
  const transfer = await signTransfer(fixture, { to, lamports: wanted.amount });
  const transaction = randomUUID();
  await books.worker.chainTransaction.create({
    data: {
      id: transaction,
      operationId: operation,
      attempt: 1,
      chain: 'solana:sandbox',
      message: transfer.bytes.slice(SIGNATURES_BYTES),
      conflictKey: conflictKeyOf({
        nonceAccount: transfer.nonce.account,
        anchor: transfer.nonce.value,
        feePayer: fixture.feePayer.address,
      }),
      phase: 'built',
    },
  });
  return { operation, intent, transfer, transaction };
}

/** A withdrawal whose signed transaction counts as sent; whether the chain has it is the test's to say. */
export async function sendOnPaper(
  desk: ChainDesk,
  wanted: { client: string; amount: bigint },
): Promise<OnItsWay> {
  const { transaction, ...built } = await buildOnPaper(desk, wanted);
  const { transfer, operation } = built;
  const raw = new Uint8Array(transfer.bytes);
  for (const data of [
    { phase: 'signed', txid: transfer.id, raw, signedAt: new Date() },
    { phase: 'broadcast', broadcastAt: new Date() },
  ])
    await desk.books.worker.chainTransaction.update({ where: { id: transaction }, data });
  await carryToChain(desk.books, operation);
  return built;
}

export async function rowOf(desk: ChainDesk, operation: string): Promise<OperationRow> {
  const loaded = await loadStanding(desk.context.db, operation, desk.context.clock());
  if (!loaded) throw new Error('There is no such operation.');
  return loaded.row;
}

/** Has the node take a transaction without a dry run, so that one that fails is run all the same. */
export async function sendBlindly(desk: ChainDesk, transaction: Uint8Array): Promise<void> {
  const wire = Buffer.from(transaction).toString('base64');
  const response = await fetch(desk.chain.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'sendTransaction',
      params: [wire, { encoding: 'base64', skipPreflight: true }],
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error('The sandbox chain took no transaction.');
  await response.body?.cancel();
}

export const untilFinal = (desk: ChainDesk, transactionId: string): Promise<true> =>
  until('the transaction is final', async () => {
    const found = await desk.fixture.client.getStatus(transactionId);
    return found.status === 'finalized';
  });
