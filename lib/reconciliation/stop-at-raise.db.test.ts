import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit } from '#lib/ledger/testing/books.ts';
import { holdAsset } from '#lib/operations/asset-hold.ts';
import { beginSigning } from '#lib/operations/execution/begin-signing.ts';
import { holdRefused } from '#lib/operations/execution/hold-refused.ts';
import { signOne } from '#lib/operations/execution/sign-one.ts';
import { loadStanding } from '#lib/operations/load-standing.ts';
import { prepareDestination } from '#lib/operations/prepare-destination.ts';
import { prepareRetry } from '#lib/operations/prepare-retry.ts';
import { prepareWithdrawal } from '#lib/operations/prepare-withdrawal.ts';
import type { WaitReason } from '#lib/operations/progress/wait.ts';
import { press } from '#lib/operations/testing/after-genesis.ts';
import {
  advance,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from '#lib/operations/testing/party-desk.ts';
import { decideAsShown, proveDecisions } from '#lib/operations/testing/decide-as-shown.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok } from '#lib/platform/result.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { freshKey, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { applyDifferences } from './breaks/apply-differences.ts';
import { compare } from './matching/compare.ts';
import { inputsOf, itemOf } from './matching/testing/make-inputs.ts';
import { recordedRun } from './testing/recorded-run.ts';

const client = 'C-1001';
let desk: PartyDesk;
let destination: string;

beforeAll(async () => {
  desk = await openPartyDesk();
  const { database, owner, worker, context } = desk;
  await createVault(owner, freshKey().address);
  await owner.client.create({ data: { id: client } });
  await deposit({ database, owner, web: context.db, worker: worker.db }, client, 10n * SOL);
  const listing = {
    operation: randomUUID(),
    client,
    chain: 'solana:sandbox',
    asset: 'SOL',
    address: freshKey().address,
    label: 'Own wallet',
    class: 'client-wallet',
  };
  const prepared = await prepareDestination(desk.people.ada.actor, listing, context);
  await advance(desk, await stateAll(desk, prepared));
  destination = valueOf(prepared).intent.destination.id;
  desk.passTime(6_000);
});
afterAll(() => desk.close());

const withdraw = () =>
  prepareWithdrawal(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      vault: 'warm-1',
      destination,
      asset: 'SOL',
      amount: '1',
      memo: '',
      reason: 'Client asked for it',
    },
    desk.context,
  );

async function withdrawn() {
  const prepared = valueOf(await withdraw());
  if (prepared.outcome !== 'sign') throw new Error('It was raised before.');
  return ok({ request: prepared.request });
}

/** A run of the vault that finds so many lamports gone, or nothing. */
async function runFinding(gone: bigint): Promise<void> {
  desk.passTime(1_000);
  const items = gone === 0n ? [] : [itemOf('tx-gone', -gone, { transaction: 'tx-gone' })];
  const inputs = { ...inputsOf('chain', [], items), at: desk.context.clock().toISOString() };
  const run = await recordedRun(desk.worker.db, inputs);
  await inTransaction(desk.worker.db, (tx) =>
    applyDifferences(tx, run, compare(inputs).differences),
  );
}

it('a shortfall beyond the limit stops withdrawals of its asset until it is closed', async () => {
  const before = valueOf(await withdraw());
  if (before.outcome !== 'sign') throw new Error('It was raised before.');
  await runFinding(2n * SOL);
  const stopped = { refusal: { code: 'break-over-limit' } };
  expect(await withdraw(), 'before anybody presses a key').toMatchObject(stopped);
  expect(
    await press(desk.people.ada, before.request, desk.context),
    'and for who had read it before',
  ).toMatchObject(stopped);
  expect(await desk.owner.hold.count()).toBe(0);
  await runFinding(0n);
  const after = valueOf(await withdraw());
  if (after.outcome !== 'sign') throw new Error('It was raised before.');
  expect(valueOf(await press(desk.people.ada, after.request, desk.context)).state).toBe('raised');
});

it('a shortfall within the limit stops nothing', async () => {
  await runFinding(1_000n);
  expect(valueOf(await withdraw()).outcome).toBe('sign');
});

it('a shortfall beyond the limit stops a new attempt of a held withdrawal, too', async () => {
  const { context, owner, people, worker } = desk;
  await runFinding(0n);
  const { operation } = valueOf(await state(desk, 'ada', await withdrawn()));
  const loaded = await loadStanding(owner, operation, context.clock());
  if (!loaded) throw new Error('It was raised.');
  const refusal = { refusal: 'amount-over-cap', party: 'custody' };
  expect(await holdRefused(loaded.row, refusal, worker)).toBe(true);
  const again = () => prepareRetry(people.ada.actor, { operation }, context);
  const read = valueOf(await again());
  await runFinding(2n * SOL);
  const stopped = { refusal: { code: 'break-over-limit' } };
  expect(await again(), 'before anybody presses a key').toMatchObject(stopped);
  expect(await press(people.ada, read, context), 'and for who had read it before').toMatchObject(
    stopped,
  );
  await runFinding(0n);
  expect(valueOf(await press(people.ada, valueOf(await again()), context)).state).toBe('raised');
});

it('a shortfall beyond the limit keeps the worker from building what was stated before it was found', async () => {
  const { owner, worker, context } = desk;
  await runFinding(0n);
  const { operation } = valueOf(await state(desk, 'ada', await withdrawn()));
  const loaded = await loadStanding(owner, operation, context.clock());
  const intent = loaded && intentSchema.parse(JSON.parse(loaded.row.intent));
  if (!intent || !movesCoins(intent)) throw new Error('It was raised.');
  const waits: string[] = [];
  const begin = () =>
    beginSigning(loaded.row, intent, { ...worker, waits: ({ code }) => void waits.push(code) });
  await runFinding(2n * SOL);
  expect(await begin()).toBe(false);
  await runFinding(0n);
  expect(await begin()).toBe(false);
  // The chain is come to: its nonce accounts are for what is co-signed.
  expect(waits).toEqual(['break-over-limit', 'no-nonce-account']);
});

it('a shortfall beyond the limit keeps the worker from asking for shares of what was built before it was found', async () => {
  const { owner, worker, context } = desk;
  await runFinding(0n);
  const { operation } = valueOf(await state(desk, 'ada', await withdrawn()));
  const transaction = await worker.db.chainTransaction.create({
    data: {
      id: randomUUID(),
      operationId: operation,
      attempt: 1,
      chain: 'solana:sandbox',
      message: Uint8Array.of(1, 2, 3),
      conflictKey: `solana:sandbox:test:${operation}`,
      phase: 'built',
    },
  });
  const loaded = await loadStanding(owner, operation, context.clock());
  const intent = loaded && intentSchema.parse(JSON.parse(loaded.row.intent));
  if (!intent || !movesCoins(intent)) throw new Error('It was raised.');
  const waits: string[] = [];
  const sign = async (phase: string) => {
    const noted = { ...worker, waits: ({ code }: WaitReason) => void waits.push(code) };
    return signOne(loaded.row, intent, { ...transaction, phase }, noted);
  };
  await runFinding(2n * SOL);
  expect(await sign('built')).toEqual({ ok: false, because: { is: 'asset-held' } });
  expect(waits).toEqual(['break-over-limit']);
  // Where a share may be out the parties are asked, and refuse what they can't read.
  expect(await sign('releasing')).toMatchObject({ because: { is: 'refused' } });
  await runFinding(0n);
  expect(await sign('built')).toMatchObject({ because: { is: 'refused' } });
  expect(waits).toHaveLength(1);
});

it('a shortfall beyond the limit keeps nobody from a replacement of what was sent: it pays no more than that', async () => {
  const { owner, worker, context } = desk;
  await runFinding(0n);
  const { operation } = valueOf(await state(desk, 'ada', await withdrawn()));
  const conflictKey = `solana:sandbox:test:${operation}`;
  const made = { operationId: operation, attempt: 1, chain: 'solana:sandbox', conflictKey };
  for (const replacement of [0, 1])
    await worker.db.chainTransaction.create({
      data: {
        ...made,
        id: randomUUID(),
        message: Uint8Array.of(1, 2, 3),
        replacement,
        phase: 'built',
      },
    });
  await worker.db.chainTransaction.updateMany({
    where: { operationId: operation, replacement: 0 },
    data: { phase: 'signed', txid: `sent-${operation}`, raw: Uint8Array.of(1) },
  });
  const loaded = await loadStanding(owner, operation, context.clock());
  const intent = loaded && intentSchema.parse(JSON.parse(loaded.row.intent));
  const transaction = loaded?.row.transactions.find(({ replacement }) => replacement === 1);
  if (!intent || !movesCoins(intent) || !transaction) throw new Error('It was raised.');
  await runFinding(2n * SOL);
  // The parties are asked, and refuse what they can't read.
  expect(await signOne(loaded.row, intent, transaction, worker)).toMatchObject({
    because: { is: 'refused' },
  });
  await runFinding(0n);
});

it('what stands still by the worker’s word is not raised, before a key is pressed and after', async () => {
  const { people, context, worker, owner } = desk;
  await runFinding(0n);
  const before = valueOf(await withdraw());
  if (before.outcome !== 'sign') throw new Error('It was raised before.');
  const hold = { reason: 'chain-reorganised', detail: 'known-blocks-gone' } as const;
  await inTransaction(worker.db, (tx) =>
    holdAsset(tx, { chain: 'solana:sandbox', asset: null, ...hold }, context.clock()),
  );
  const raised = await owner.operation.count();
  const stopped = { refusal: { code: 'asset-held' } };
  expect(await withdraw()).toMatchObject(stopped);
  expect(await press(people.ada, before.request, context)).toMatchObject(stopped);
  expect(await owner.operation.count()).toBe(raised);
});

it('a chain that stands still goes on only after its vaults were compared once more', async () => {
  const { people, context, worker } = desk;
  const decide = (by: 'ada' | 'marek') =>
    decideAsShown(people[by], { chain: 'solana:sandbox', kind: 'go-on' }, context);
  const refused = {
    refusal: { code: 'books-not-compared', sentence: expect.stringContaining('SOL of warm-1') },
  };
  expect(await decide('ada')).toMatchObject(refused);
  await runFinding(0n);
  expect(valueOf(await decide('ada')).state).toBe('asked');
  expect(valueOf(await decide('marek')).state).toBe('signed');
  expect(await withdraw()).toMatchObject({ refusal: { code: 'asset-held' } });
  await proveDecisions(worker);
  expect(valueOf(await withdraw()).outcome).toBe('sign');
});
