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

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  web = database.connect('web');
  worker = database.connect('worker');
});
afterAll(() => database.drop());

const illegal = 'CS002';
const person = 'p-aaaaaaaaaa';

const stateOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => sqlStateOf(error) ?? 'unknown',
  );

async function raise(kind: string, said: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  const intent = { type: 'countersign/intent/v1', kind, operation: id, ...said };
  const [row] = await web.$queryRaw<
    { number: string }[]
  >`select next_operation_number(${kind}) as number`;
  await web.operation.create({
    data: {
      id,
      number: row?.number ?? '',
      kind,
      intent: canonicalize(intent),
      digest: intentDigest(intent),
      state: 'raised',
      raisedBy: person,
      rosterVersion: 1,
      policyVersion: 1,
      policyRule: 'one-person',
      needs: [],
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return id;
}

const carry = async (id: string): Promise<void> => {
  for (const state of ['cosigned', 'done'])
    await owner.operation.update({ where: { id }, data: { state, revision: { increment: 1 } } });
};

const stands = (operationId: string, scope: string, value: string | null) =>
  web.freeze.create({
    data: { operationId, scope, value, frozenAt: new Date(), frozenBy: person },
  });

describe('a freeze', () => {
  it('stands for exactly what its operation says', async () => {
    const vault = await raise('freeze', { scope: { what: 'vault', vault: 'hot-1' } });
    expect(await stateOf(stands(vault, 'vault', 'warm-1'))).toBe(illegal);
    expect(await stateOf(stands(vault, 'everything', null))).toBe(illegal);
    expect(await stateOf(stands(vault, 'vault', 'hot-1'))).toBeNull();
    const all = await raise('freeze', { scope: { what: 'everything' } });
    expect(await stateOf(stands(all, 'everything', null))).toBeNull();
    const other = await raise('revocation', { person });
    expect(await stateOf(stands(other, 'everything', null))).toBe(illegal);
  });

  it('is lifted once, by a release of it that is done, and never taken away', async () => {
    const freeze = await raise('freeze', { scope: { what: 'asset', asset: 'SOL' } });
    await stands(freeze, 'asset', 'SOL');
    const lift = (releasedByOperation: string) =>
      stateOf(
        worker.freeze.update({
          where: { operationId: freeze },
          data: { releasedAt: new Date(), releasedByOperation },
        }),
      );
    const elsewhere = await raise('release', { freeze: randomUUID() });
    await carry(elsewhere);
    const release = await raise('release', { freeze });
    expect(await lift(elsewhere)).toBe(illegal);
    expect(await lift(release)).toBe(illegal);
    await carry(release);
    expect(await lift(release)).toBeNull();
    expect(await lift(release)).toBe(illegal);
    expect(await stateOf(owner.$executeRaw`delete from freeze_order`)).toBe('CS001');
  });
});

describe('a revocation', () => {
  it('stands for exactly what its operation says, for good', async () => {
    const id = await raise('revocation', { person, credential: 'key-1' });
    const write = (personId: string, credentialId: string | null) =>
      stateOf(
        web.revocation.create({
          data: {
            operationId: id,
            personId,
            credentialId,
            revokedAt: new Date(),
            revokedBy: person,
          },
        }),
      );
    expect(await write('p-bbbbbbbbbb', 'key-1')).toBe(illegal);
    expect(await write(person, null)).toBe(illegal);
    expect(await write(person, 'key-1')).toBeNull();
    expect(await stateOf(owner.$executeRaw`update revocation set credential_id = null`)).toBe(
      'CS001',
    );
  });
});

describe('an incident', () => {
  const frozen = {
    what: 'freeze',
    title: 'Everything was frozen',
    openedAt: new Date(),
    openedBy: person,
  };

  it('has the number that the database gives it: nobody takes those that come', async () => {
    const number = `INC-${new Date().getUTCFullYear()}-000007`;
    for (const db of [web, worker])
      expect(
        await stateOf(db.incidentRecord.create({ data: { ...frozen, id: randomUUID(), number } })),
      ).toBe('42501');
    const { number: own } = await worker.incidentRecord.create({
      data: { ...frozen, id: randomUUID() },
    });
    expect(own).toMatch(/^INC-\d{4}-\d{6}$/);
  });

  it('is numbered by year and keeps what was written, whoever asks', async () => {
    const id = randomUUID();
    const { number } = await web.incidentRecord.create({ data: { ...frozen, id } });
    expect(number).toMatch(/^INC-\d{4}-\d{6}$/);
    const change = (data: Record<string, unknown>) =>
      stateOf(owner.incidentRecord.update({ where: { id }, data }));
    expect(await change({ title: 'Nothing happened' })).toBe(illegal);
    expect(await change({ openedAt: new Date(0) })).toBe(illegal);
    expect(await change({ state: 'taken-over' })).toBeNull();
    expect(await change({ state: 'open' })).toBe(illegal);
  });
});

describe('a draft', () => {
  it('changes one revision after the other until it is discarded', async () => {
    const id = randomUUID();
    const by = { createdBy: person, updatedBy: person, updatedAt: new Date() };
    await web.policyDraft.create({
      data: { id, name: 'Lower caps', baseVersion: 1, document: '{}', ...by },
    });
    const change = (data: Record<string, unknown>) =>
      stateOf(web.policyDraft.update({ where: { id }, data }));
    expect(await change({ document: '{"a":1}' })).toBe(illegal);
    expect(await change({ document: '{"a":1}', revision: 2 })).toBeNull();
    expect(await change({ document: '{"a":2}', revision: 4 })).toBe(illegal);
    expect(await change({ discardedAt: new Date(), revision: 3 })).toBeNull();
    expect(await change({ discardedAt: null, revision: 4 })).toBe(illegal);
  });
});

describe('a signed fact', () => {
  it('is filed under what its document says', async () => {
    const write = (source: string) =>
      stateOf(
        worker.signedFact.create({
          data: {
            source,
            fact: 'price',
            subject: 'SOL',
            observedAt: new Date(),
            document: { source: 'prices', fact: 'price' },
            signature: 'ab'.repeat(64),
          },
        }),
      );
    expect(await write('others')).toBe('23514');
    expect(await write('prices')).toBeNull();
  });
});
