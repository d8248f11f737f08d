/** What of a chain is set aside for an operation, and whose addresses are. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalize, intentDigest } from '#lib/protocol/intent.ts';
import type { Database } from './client.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { sqlStateOf } from './transaction.ts';

let database: TestDatabase;
let owner: Database;
let web: Database;
let worker: Database;

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const inUse = 'CS002';

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  web = database.connect('web');
  worker = database.connect('worker');
  await owner.client.create({ data: { id: 'C-20418' } });
});
afterAll(() => database.drop());

async function openOperation(): Promise<string> {
  const id = randomUUID();
  const intent = { type: 'countersign/intent/v1', kind: 'destination-listing', operation: id };
  const [row] = await web.$queryRaw<
    { number: string }[]
  >`select next_operation_number('destination-listing') as number`;
  await web.operation.create({
    data: {
      id,
      number: row?.number ?? '',
      kind: 'destination-listing',
      intent: canonicalize(intent),
      digest: intentDigest(intent),
      state: 'raised',
      raisedBy: 'p-aaaaaaaaaa',
      rosterVersion: 1,
      policyVersion: 1,
      policyRule: 'all',
      needs: [],
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return id;
}

const output = (): string => `${randomUUID().replaceAll('-', '').padEnd(64, '0')}:0`;

async function transactionOf(operationId: string, replacement = 0, conflictKey = 'tie') {
  const id = randomUUID();
  await worker.chainTransaction.create({
    data: {
      id,
      operationId,
      attempt: 1,
      chain,
      message: new Uint8Array([replacement]),
      conflictKey,
      replacement,
      phase: 'built',
    },
  });
  return id;
}

const stateOf = async (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => sqlStateOf(error) ?? 'unknown',
  );

describe('what is set aside', () => {
  it('is so for one operation at a time, whoever comes first', async () => {
    const resource = output();
    const operations = await Promise.all([openOperation(), openOperation()]);
    const taken = await Promise.all(
      operations.map((operationId) =>
        stateOf(worker.chainLease.create({ data: { chain, resource, operationId } })),
      ),
    );
    expect(taken.filter((state) => state === null)).toHaveLength(1);
    expect(taken).toContain('23505');
  });

  it('never goes over to another operation', async () => {
    const [one, other] = await Promise.all([openOperation(), openOperation()]);
    const resource = output();
    await worker.chainLease.create({ data: { chain, resource, operationId: one } });
    const change = owner.chainLease.updateMany({
      where: { resource },
      data: { operationId: other },
    });
    expect(await stateOf(change)).toBe(inUse);
  });

  it('stays while a transaction of its operation may still confirm, and goes back after that', async () => {
    const operationId = await openOperation();
    const resource = output();
    await worker.chainLease.create({ data: { chain, resource, operationId } });
    const id = await transactionOf(operationId);
    const giveBack = () => stateOf(worker.chainLease.deleteMany({ where: { operationId } }));
    await worker.chainTransaction.update({ where: { id }, data: { phase: 'releasing' } });
    expect(await giveBack()).toBe(inUse);
    await worker.chainTransaction.update({ where: { id }, data: { phase: 'failed' } });
    expect(await giveBack()).toBeNull();
    expect(await worker.chainLease.count({ where: { operationId } })).toBe(0);
  });
});

describe('a transaction that takes the place of another', () => {
  it('keeps its conflict key and counts on, and no two have the same count', async () => {
    const operationId = await openOperation();
    await transactionOf(operationId);
    await transactionOf(operationId, 1);
    expect(await stateOf(transactionOf(operationId, 1))).toBe('23505');
  });

  it('keeps its place', async () => {
    const id = await transactionOf(await openOperation());
    const moved = owner.chainTransaction.update({ where: { id }, data: { replacement: 1 } });
    expect(await stateOf(moved)).toBe(inUse);
  });
});

describe('an address of an owner', () => {
  it('stays theirs, and each owner has one for each branch', async () => {
    await owner.mpcKey.create({
      data: {
        id: 'key-warm-2',
        suite: 'DKLS23-secp256k1-SHA256-v1',
        publicKey: `02${'ab'.repeat(32)}`,
        threshold: 2,
        parties: ['control', 'custody', 'recovery'],
        operationId: await openOperation(),
      },
    });
    await owner.vault.create({
      data: {
        id: 'warm-2',
        name: 'Warm',
        tier: 'warm',
        chain,
        keyId: 'key-warm-2',
        address: 'bcrt1-house',
      },
    });
    const account = { vaultId: 'warm-2', branch: 'receive' };
    const open = (address: string, clientId: string | null) =>
      stateOf(worker.vaultAccount.create({ data: { ...account, address, clientId } }));
    expect(await open('bcrt1-one', 'C-20418')).toBeNull();
    expect(await open('bcrt1-house', null)).toBeNull();
    expect(await open('bcrt1-two', 'C-20418')).toBe('23505');
    expect(await open('bcrt1-three', null)).toBe('23505');
    const moved = owner.vaultAccount.update({
      where: { address: 'bcrt1-one' },
      data: { clientId: null },
    });
    expect(await stateOf(moved)).toBe(inUse);
  });
});
