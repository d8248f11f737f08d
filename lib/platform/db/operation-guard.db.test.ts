import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
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

type Change = Record<string, unknown>;

/** A listing, since it needs no money: what a withdrawal adds is tested with the ledger. */
async function raiseListing(changed: Change = {}, db = web): Promise<string> {
  const id = randomUUID();
  const intent = { type: 'countersign/intent/v1', kind: 'destination-listing', operation: id };
  const [row] = await web.$queryRaw<
    { number: string }[]
  >`select next_operation_number('destination-listing') as number`;
  await db.operation.create({
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
      ...changed,
    },
  });
  return id;
}

async function attempt(db: Database, id: string, data: Change): Promise<string | null> {
  try {
    await db.operation.update({ where: { id }, data: { revision: { increment: 1 }, ...data } });
    return null;
  } catch (error) {
    return sqlStateOf(error) ?? 'unknown';
  }
}

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

async function at(...states: string[]): Promise<string> {
  const id = await raiseListing();
  for (const state of states) {
    const wait = state === 'waiting' ? { waitingUntil: inAnHour() } : {};
    expect([state, await attempt(owner, id, { state, ...wait })]).toEqual([state, null]);
  }
  return id;
}

const illegal = 'CS002';
const notYours = '42501';

describe('a new operation', () => {
  it('starts raised, at attempt and revision 1', async () => {
    for (const changed of [{ state: 'cosigned' }, { attempt: 2 }, { revision: 7 }])
      await expect(raiseListing(changed)).rejects.toSatisfy(
        (error) => sqlStateOf(error) === illegal,
      );
  });

  it('carries the digest of its intent and columns that copy it', async () => {
    const other = canonicalize({ kind: 'withdrawal', operation: randomUUID() });
    for (const changed of [
      { digest: 'ab'.repeat(32) },
      { intent: other, digest: intentDigest(JSON.parse(other)) },
    ])
      await expect(raiseListing(changed)).rejects.toSatisfy(
        (error) => sqlStateOf(error) === '23514',
      );
  });

  it('gets a number of its kind and year', async () => {
    const numbers = await Promise.all(
      intentKind.options.map(
        (kind) =>
          web.$queryRaw<{ number: string }[]>`select next_operation_number(${kind}) as number`,
      ),
    );
    const year = new Date().getUTCFullYear();
    expect(numbers.map(([row]) => row?.number.replace(/\d{6}$/, ''))).toEqual(
      ['WD', 'KC', 'KR', 'KX', 'KB', 'RC', 'PC', 'DS', 'DR', 'FZ', 'RL', 'RV', 'CP', 'VT'].map(
        (prefix) => `${prefix}-${year}-`,
      ),
    );
  });
});

describe('the content of an operation', () => {
  it('never changes, whoever asks', async () => {
    const id = await raiseListing();
    for (const change of [
      { number: 'DS-2020-000001' },
      { raisedBy: 'p-bbbbbbbbbb' },
      { clientId: 'C-1' },
      { amount: 5 },
    ])
      expect(await attempt(owner, id, change)).toBe(illegal);
  });

  it('needs stay fixed for an attempt and its time only shrinks', async () => {
    const id = await raiseListing();
    expect(await attempt(web, id, { needs: [{}] })).toBe(illegal);
    expect(await attempt(web, id, { policyVersion: 2 })).toBe(illegal);
    expect(await attempt(web, id, { expiresAt: new Date(Date.now() + 9_999_999) })).toBe(illegal);
    expect(await attempt(web, id, { expiresAt: new Date() })).toBeNull();
  });

  it('is changed only by whoever has seen the newest revision', async () => {
    const id = await raiseListing();
    expect(await attempt(web, id, { state: 'approved', revision: 1 })).toBe(illegal);
    expect(await attempt(web, id, { state: 'approved', revision: 3 })).toBe(illegal);
    expect(await attempt(web, id, { state: 'approved', revision: 2 })).toBeNull();
  });
});

describe('the life of an operation', () => {
  it('follows its path and no other', async () => {
    const illegalMoves: [string[], string[]][] = [
      [[], ['signing', 'signed', 'broadcast', 'confirmed', 'done']],
      [['approved'], ['raised', 'signing', 'done', 'confirmed']],
      [
        ['approved', 'cosigned'],
        ['raised', 'approved', 'signed', 'broadcast', 'confirmed'],
      ],
      [
        ['cosigned', 'signing'],
        ['raised', 'cosigned', 'rejected', 'cancelled', 'signed', 'confirmed'],
      ],
      [
        ['cosigned', 'waiting'],
        ['raised', 'approved', 'cosigned', 'signed', 'confirmed', 'done'],
      ],
      [['held'], ['approved', 'cosigned', 'waiting', 'signing', 'done', 'confirmed']],
    ];
    for (const [path, steps] of illegalMoves) {
      const id = await at(...path);
      for (const state of steps)
        expect([path, state, await attempt(owner, id, { state })]).toEqual([path, state, illegal]);
    }
  });

  it.each([['rejected'], ['cancelled'], ['expired'], ['failed'], ['cosigned', 'done']])(
    'ends at %s',
    async (...path) => {
      const id = await at(...path);
      for (const state of ['raised', 'approved', 'cosigned', 'signing', 'held', path.at(-1)])
        expect(await attempt(owner, id, { state })).toBe(illegal);
    },
  );

  it('goes on after a hold only as a new attempt', async () => {
    const id = await at('approved', 'held');
    expect(await attempt(web, id, { state: 'raised' })).toBe(illegal);
    expect(await attempt(web, id, { state: 'raised', attempt: 3 })).toBe(illegal);
    expect(
      await attempt(web, id, { state: 'raised', attempt: 2, rosterVersion: 2, policyVersion: 2 }),
    ).toBeNull();
    expect(await attempt(web, id, { attempt: 3 })).toBe(illegal);
  });

  it('is moved by people’s statements up to cosigned, and by the worker from there', async () => {
    const id = await raiseListing();
    for (const state of ['approved', 'cosigned', 'rejected', 'cancelled'])
      expect([state, await attempt(worker, id, { state })]).toEqual([state, notYours]);
    for (const state of ['held', 'failed', 'expired'])
      expect([state, await attempt(web, id, { state })]).toEqual([state, notYours]);
    expect(await attempt(web, id, { state: 'approved' })).toBeNull();
    expect(await attempt(web, id, { state: 'cosigned' })).toBeNull();
    for (const state of ['signing', 'done'])
      expect([state, await attempt(web, id, { state })]).toEqual([state, notYours]);
    expect(await attempt(worker, id, { state: 'signing' })).toBeNull();
    expect(await attempt(web, id, { stopSentence: 'x' })).toBe(notYours);
    expect(await attempt(worker, id, { state: 'done' })).toBeNull();
  });

  it('waits only with an end, and people can say no until it is over', async () => {
    const id = await at('cosigned');
    expect(await attempt(worker, id, { state: 'waiting' })).toBe('23514');
    expect(await attempt(web, id, { state: 'waiting' })).toBe(notYours);
    const until = inAnHour();
    expect(await attempt(worker, id, { state: 'waiting', waitingUntil: until })).toBeNull();
    expect(await attempt(web, id, { state: 'cosigned' })).toBe(illegal);
    expect(await attempt(web, id, { state: 'rejected' })).toBeNull();
    const over = await at('cosigned', 'waiting', 'signing');
    expect(await attempt(web, over, { state: 'rejected' })).toBe(illegal);
    expect(await attempt(worker, over, { state: 'done' })).toBeNull();
  });

  it('does not end while a transaction of it may still confirm', async () => {
    const id = await at('cosigned', 'signing', 'held');
    const transaction = await worker.chainTransaction.create({
      data: {
        id: randomUUID(),
        operationId: id,
        attempt: 1,
        chain: 'solana:sandbox',
        message: Uint8Array.of(1),
        conflictKey: 'k',
        phase: 'built',
      },
    });
    await worker.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'releasing' },
    });
    expect(await attempt(web, id, { state: 'cancelled' })).toBe(illegal);
    expect(await attempt(worker, id, { state: 'failed' })).toBe(illegal);
    await worker.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'failed' },
    });
    expect(await attempt(web, id, { state: 'cancelled' })).toBeNull();
  });
});

describe('statements', () => {
  const write = (operation: string, personId: string, decision: string) =>
    web.operationStatement.create({
      data: {
        operationId: operation,
        personId,
        decision,
        attempt: 1,
        document: canonicalize({ operation, person: personId, decision, attempt: 1 }),
        assertion: {},
        credentialId: 'c',
      },
    });

  it('count once per person, who may still end what they raised or approved', async () => {
    const id = await raiseListing();
    await write(id, 'p-aaaaaaaaaa', 'raise');
    await expect(write(id, 'p-aaaaaaaaaa', 'approve')).rejects.toThrow('Unique constraint');
    await write(id, 'p-bbbbbbbbbb', 'approve');
    await expect(write(id, 'p-bbbbbbbbbb', 'cosign')).rejects.toThrow('Unique constraint');
    await write(id, 'p-aaaaaaaaaa', 'cancel');
    await write(id, 'p-bbbbbbbbbb', 'reject');
    await expect(write(id, 'p-bbbbbbbbbb', 'reject')).rejects.toThrow('Unique constraint');
  });

  it('are filed as what their document says', async () => {
    const id = await raiseListing();
    const filed = web.operationStatement.create({
      data: {
        operationId: id,
        personId: 'p-cccccccccc',
        decision: 'approve',
        attempt: 1,
        document: canonicalize({
          operation: id,
          person: 'p-dddddddddd',
          decision: 'approve',
          attempt: 1,
        }),
        assertion: {},
        credentialId: 'c',
      },
    });
    await expect(filed).rejects.toSatisfy((error) => sqlStateOf(error) === '23514');
  });
});

describe('destinations', () => {
  it('are proposed by the web server, listed by the worker, and never point elsewhere', async () => {
    await owner.client.create({ data: { id: 'C-7001' } });
    const data = {
      id: 'd-1',
      clientId: 'C-7001',
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: 'a',
      label: 'l',
      class: 'exchange',
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    await expect(web.destination.create({ data: { ...data, state: 'listed' } })).rejects.toSatisfy(
      (error) => sqlStateOf(error) === illegal,
    );
    await web.destination.create({ data: { ...data, state: 'proposed' } });
    const change = async (db: Database, changed: Change): Promise<string | null> =>
      db.destination.update({ where: { id: 'd-1' }, data: changed }).then(
        () => null,
        (error: unknown) => sqlStateOf(error),
      );
    expect(await change(web, { state: 'listed' })).toBe(notYours);
    expect(await change(owner, { address: 'b' })).toBe(illegal);
    expect(await change(owner, { class: 'client-wallet' })).toBe(illegal);
    expect(await change(worker, { state: 'listed', listedAt: new Date() })).toBeNull();
    expect(await change(owner, { state: 'proposed' })).toBe(illegal);
    expect(await change(owner, { listedAt: new Date(0) })).toBe(illegal);
    expect(await change(worker, { expiresAt: new Date(Date.now() + 7_200_000) })).toBeNull();
    expect(await change(web, { state: 'removed' })).toBeNull();
    expect(await change(worker, { state: 'listed' })).toBe(illegal);
  });
});
