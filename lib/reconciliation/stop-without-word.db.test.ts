/** The stop of a shortfall where the policy asks sources, one of which gives no word. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit } from '#lib/ledger/testing/books.ts';
import { beginSigning } from '#lib/operations/execution/begin-signing.ts';
import { signOne } from '#lib/operations/execution/sign-one.ts';
import { loadStanding } from '#lib/operations/load-standing.ts';
import { prepareDestination } from '#lib/operations/prepare-destination.ts';
import { prepareWithdrawal } from '#lib/operations/prepare-withdrawal.ts';
import type { WaitReason } from '#lib/operations/progress/wait.ts';
import {
  advance,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from '#lib/operations/testing/party-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok } from '#lib/platform/result.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { freshKey, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { openSources } from '#lib/sandbox/sources/door.ts';
import {
  sourceFacts,
  sourceKeys,
  sourceNames,
  type SourceKeys,
} from '#lib/sandbox/sources/source-keys.ts';
import { applyDifferences } from './breaks/apply-differences.ts';
import { compare } from './matching/compare.ts';
import { inputsOf, itemOf } from './matching/testing/make-inputs.ts';
import { recordedRun } from './testing/recorded-run.ts';

const client = 'C-1001';
const folder = mkdtempSync(join(tmpdir(), 'cs-sources-'));
const socket = join(folder, 'sources.sock');
/** What sources said longer ago than this counts no more. */
const staleAfterMs = 2 * 3_600_000;
let keys: SourceKeys;
let desk: PartyDesk;
let destination: string;
let server: Server | null = null;

async function openAll(): Promise<void> {
  server ??= await openSources(keys, socket, desk.context.clock);
}

/** None gives a word from here on, and what they said counts no more. */
async function silenceAll(): Promise<void> {
  const open = server;
  server = null;
  open?.closeAllConnections();
  await new Promise<void>((resolve) => (open ? open.close(() => resolve()) : resolve()));
  desk.passTime(staleAfterMs);
}

beforeAll(async () => {
  keys = sourceKeys(join(folder, 'keys.json'));
  const sources = sourceFacts.map((fact) => ({
    name: sourceNames[fact],
    fact,
    url: `unix:${socket}`,
    sandboxKey: keys[fact].publicKey,
  }));
  desk = await openPartyDesk({ sources });
  const { database, owner, context, worker, people } = desk;
  await openAll();
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
  const listed = await prepareDestination(people.ada.actor, listing, context);
  await advance(desk, await stateAll(desk, listed));
  desk.passTime(6_000);
  destination = valueOf(listed).intent.destination.id;
});
afterAll(async () => {
  await silenceAll();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withdrawn() {
  const form = {
    operation: randomUUID(),
    client,
    vault: 'warm-1',
    destination,
    asset: 'SOL',
    amount: '1',
    memo: '',
    reason: 'Client asked for it',
  };
  const prepared = valueOf(await prepareWithdrawal(desk.people.ada.actor, form, desk.context));
  if (prepared.outcome !== 'sign') throw new Error('It was raised before.');
  const { operation } = valueOf(await state(desk, 'ada', ok({ request: prepared.request })));
  const loaded = await loadStanding(desk.owner, operation, desk.context.clock());
  const intent = loaded && intentSchema.parse(JSON.parse(loaded.row.intent));
  if (!intent || !movesCoins(intent)) throw new Error('It was raised.');
  return { row: loaded.row, intent };
}

/** A run of the vault that finds so many lamports gone. */
async function runFinding(gone: bigint): Promise<void> {
  desk.passTime(1_000);
  const items = [itemOf('tx-gone', -gone, { transaction: 'tx-gone' })];
  const inputs = { ...inputsOf('chain', [], items), at: desk.context.clock().toISOString() };
  const run = await recordedRun(desk.worker.db, inputs);
  await inTransaction(desk.worker.db, (tx) =>
    applyDifferences(tx, run, compare(inputs).differences),
  );
}

it('a shortfall beyond the limit stops building and signing also while a source of the policy gives no word', async () => {
  const { row, intent } = await withdrawn();
  const { worker } = desk;
  const waits: string[] = [];
  const noted = { ...worker, waits: ({ code }: WaitReason) => void waits.push(code) };
  const transaction = await worker.db.chainTransaction.create({
    data: {
      id: randomUUID(),
      operationId: row.id,
      attempt: 1,
      chain: 'solana:sandbox',
      message: Uint8Array.of(1, 2, 3),
      conflictKey: `solana:sandbox:test:${row.id}`,
      phase: 'built',
    },
  });
  const begin = () => beginSigning(row, intent, noted);
  const sign = () => signOne(row, intent, transaction, noted);
  const waiting = { ok: false, because: { is: 'asset-held' } };
  await runFinding(2n * SOL);
  await silenceAll();
  expect(await begin()).toBe(false);
  expect(await sign()).toEqual(waiting);
  expect(waits.splice(0)).toEqual(['break-unjudged', 'break-unjudged']);
  await openAll();
  expect(await begin()).toBe(false);
  expect(await sign()).toEqual(waiting);
  expect(waits.splice(0)).toEqual(['break-over-limit', 'break-over-limit']);
});
