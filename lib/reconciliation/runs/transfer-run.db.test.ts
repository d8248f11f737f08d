import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conflictKeyOf } from '#lib/chains/solana/conflict-key.ts';
import { sandboxSettings } from '#lib/identity/testing/people.ts';
import { carryToChain, vault } from '#lib/ledger/testing/books.ts';
import { settle } from '#lib/operations/execution/settle.ts';
import { watchDeposits } from '#lib/operations/execution/watch-deposits.ts';
import {
  openChainDesk,
  rowOf,
  sendBlindly,
  untilFinal,
  type ChainDesk,
} from '#lib/operations/testing/chain-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize, intentDigest } from '#lib/protocol/intent.ts';
import { vaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { freshKey, signTransfer, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { chainSource } from '../sources/chain-source.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

/** In front of the message: how many signatures, and two of them. */
const SIGNATURES_BYTES = 1 + 2 * 64;
const hot = freshKey().address;
let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001']);
  const { owner } = desk.books;
  await owner.mpcKey.create({
    data: {
      id: 'key-hot-1',
      suite: 'FROST-ED25519-SHA512-v1',
      publicKey: 'bb'.repeat(32),
      threshold: 2,
      parties: ['control', 'custody', 'recovery'],
      operationId: randomUUID(),
    },
  });
  await owner.vault.create({
    data: {
      id: 'hot-1',
      name: 'Hot 1',
      tier: 'hot',
      chain: 'solana:sandbox',
      keyId: 'key-hot-1',
      address: hot,
    },
  });
});
afterAll(() => desk.close());

/** Compares everything as the worker does. */
async function compareAll(): Promise<{ kind: string; place: string; breaks: number }[]> {
  desk.passTime(1_000);
  const { context } = desk;
  const id = await inTransaction(context.db, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, context.clock()),
  );
  const sources = [chainSource(context)];
  await answerRequest({ id, wanted: 'all', placesDone: 0 }, { ...context, sources });
  const runs = await context.db.reconciliationRun.findMany({
    where: { requestId: id },
    orderBy: [{ kind: 'asc' }, { place: 'asc' }],
  });
  return runs.map(({ kind, place, breaks }) => ({ kind, place, breaks }));
}

/** A transfer whose signed transaction counts as sent. */
async function sendTransfer() {
  const { books, fixture } = desk;
  const operation = randomUUID();
  const intent = vaultTransferIntent.parse({
    type: 'countersign/intent/v1',
    organisation: sandboxSettings.organisation,
    environment: 'sandbox',
    operation,
    notAfter: new Date(Date.now() + 3_600_000).toISOString(),
    kind: 'vault-transfer',
    vault,
    chain: 'solana:sandbox',
    asset: 'SOL',
    amount: (2n * SOL).toString(),
    destination: { vault: 'hot-1', address: hot },
    highestFee: '10000',
    reasonCommitment: 'ab'.repeat(32),
  });
  await books.web.operation.create({
    data: {
      id: operation,
      number: 'VT-2026-900001',
      kind: 'vault-transfer',
      intent: canonicalize(intent),
      digest: intentDigest(intent),
      state: 'raised',
      raisedBy: 'p-aaaaaaaaaa',
      rosterVersion: 1,
      policyVersion: 1,
      policyRule: 'all',
      needs: [],
      expiresAt: new Date(intent.notAfter),
      vaultId: vault,
      asset: 'SOL',
      amount: intent.amount,
    },
  });
  const transfer = await signTransfer(fixture, { to: hot, lamports: 2n * SOL });
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
  for (const data of [
    {
      phase: 'signed',
      txid: transfer.id,
      raw: new Uint8Array(transfer.bytes),
      signedAt: new Date(),
    },
    { phase: 'broadcast', broadcastAt: new Date() },
  ])
    await books.worker.chainTransaction.update({ where: { id: transaction }, data });
  await carryToChain(books, operation);
  return { operation, intent, transfer };
}

it('books and chain agree about a transfer between vaults, before its journal and after', async () => {
  await watchDeposits(desk.context);
  expect(await compareAll()).toMatchObject([{ breaks: 0 }, { breaks: 0 }, { breaks: 0 }]);
  const { operation, intent, transfer } = await sendTransfer();
  await sendBlindly(desk, transfer.bytes);
  await untilFinal(desk, transfer.id);
  await watchDeposits(desk.context);
  // Final on the chain and not booked yet: both vaults show it as under way, and nothing over a limit.
  await compareAll();
  const open = () => desk.context.db.breakRecord.findMany({ where: { state: { not: 'closed' } } });
  expect((await open()).map(({ cause, overLimit }) => ({ cause, overLimit }))).toEqual([
    { cause: 'timing', overLimit: false },
    { cause: 'timing', overLimit: false },
  ]);
  expect(await settle(await rowOf(desk, operation), intent, desk.context)).toBe(true);
  expect(await compareAll()).toMatchObject([
    { kind: 'chain', breaks: 0 },
    { kind: 'chain', breaks: 0 },
    { kind: 'liabilities', breaks: 0 },
  ]);
  expect(await open()).toEqual([]);
  expect(await desk.context.db.outboxEvent.count()).toBe(0);
});
