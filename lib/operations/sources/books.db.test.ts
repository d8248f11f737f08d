import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit } from '#lib/ledger/testing/books.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { FactSource } from '#lib/protocol/policy.ts';
import { applyDifferences } from '#lib/reconciliation/breaks/apply-differences.ts';
import { compare } from '#lib/reconciliation/matching/compare.ts';
import { inputsOf, itemOf } from '#lib/reconciliation/matching/testing/make-inputs.ts';
import { recordedRun } from '#lib/reconciliation/testing/recorded-run.ts';
import { viewBreak } from '#lib/reconciliation/view-break.ts';
import { viewOverview } from '#lib/reconciliation/view-overview.ts';
import { answerBooks, booksSourceName } from '#lib/sandbox/books/answer.ts';
import { openDoor, openSources } from '#lib/sandbox/sources/door.ts';
import {
  booksKey,
  sourceFacts,
  sourceKeys,
  sourceNames,
} from '#lib/sandbox/sources/source-keys.ts';
import { freshKey, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { prepareDestination } from '../prepare-destination.ts';
import { prepareWithdrawal } from '../prepare-withdrawal.ts';
import { press } from '../testing/after-genesis.ts';
import { advance, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';

const client = 'C-1001';
const folder = mkdtempSync(join(tmpdir(), 'cs-books-'));
const sockets = { books: join(folder, 'books.sock'), others: join(folder, 'sources.sock') };
const booksPublicKey = booksKey(join(folder, 'books-key.json'));
const servers: Server[] = [];
let desk: PartyDesk;
let destination: string;

const closeBooks = async (): Promise<void> => {
  const server = servers.pop();
  server?.closeAllConnections();
  await new Promise<void>((resolve) => {
    if (server) server.close(() => resolve());
    else resolve();
  });
};
/** The source as the sandbox starts it, with its own role in the database. */
async function openBooksSource(): Promise<void> {
  const books = {
    url: desk.database.urls.books,
    key: booksPublicKey.key,
    now: desk.context.clock,
  };
  servers.push(await openDoor(sockets.books, (asked) => answerBooks(asked, books)));
}

beforeAll(async () => {
  const keys = sourceKeys(join(folder, 'keys.json'));
  desk = await openPartyDesk({
    sources: [
      ...sourceFacts.map((fact) => ({
        name: sourceNames[fact],
        fact,
        url: `unix:${sockets.others}`,
        sandboxKey: keys[fact].publicKey,
      })),
      {
        name: booksSourceName,
        fact: 'books' as const,
        url: `unix:${sockets.books}`,
        sandboxKey: booksPublicKey.publicKey,
      },
    ],
  });
  servers.push(await openSources(keys, sockets.others, desk.context.clock));
  await openBooksSource();
  const { database, owner, worker, context } = desk;
  await createVault(owner, freshKey().address);
  await owner.client.create({ data: { id: client } });
  await deposit({ database, owner, web: context.db, worker: worker.db }, client, 100n * SOL);
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
afterAll(async () => {
  while (servers.length > 0) await closeBooks();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

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

async function allowed() {
  const value = valueOf(await withdraw());
  if (value.outcome !== 'sign') throw new Error('It was raised before.');
  return value.allowed;
}

/** A run of the vault that finds so many lamports gone in each of some transactions, or nothing. */
async function runFinding(...gone: bigint[]): Promise<void> {
  // Further on than a word about the books is kept.
  desk.passTime(6_000);
  await runAt(desk.worker.db, desk.context.clock(), gone);
}

async function runAt(db: Database, at: Date, gone: bigint[]): Promise<void> {
  const items = gone.map((units, place) =>
    itemOf(`tx-${place}`, -units, { transaction: `tx-${place}` }),
  );
  const inputs = { ...inputsOf('chain', [], items), at: at.toISOString() };
  const run = await recordedRun(db, inputs);
  await inTransaction(db, (tx) => applyDifferences(tx, run, compare(inputs).differences));
}

describe('the first policy of a sandbox while coins are missing', () => {
  it('lets nothing out before anybody compared the books', async () => {
    expect(await withdraw()).toMatchObject({
      refusal: {
        code: 'fact-missing',
        sentence: expect.stringContaining('Source sandbox-books') as string,
      },
    });
  });

  it('asks for the usual people while nothing is missing', async () => {
    await runFinding();
    expect(await allowed()).toMatchObject({
      rule: 'withdrawal',
      needs: [{ people: 1 }, { people: 1 }],
    });
  });

  it('asks for the usual people while as much is missing as the rule lets pass', async () => {
    await runFinding(SOL / 10n);
    expect((await allowed()).rule).toBe('withdrawal');
  });

  it('asks for a second approver while more is missing', async () => {
    await runFinding(2n * SOL, SOL / 10n);
    expect(await allowed()).toMatchObject({
      rule: 'withdrawal-some-missing',
      needs: [{ decision: 'approve', people: 2 }, { people: 1 }],
    });
  });

  it('says so to who raises it, with the break and the rules that decide', async () => {
    const found = await desk.owner.breakRecord.findFirstOrThrow({
      where: { state: { not: 'closed' } },
      orderBy: { amount: 'asc' },
    });
    const value = valueOf(await withdraw());
    expect(value).toMatchObject({
      missing: {
        break: { id: found.id, number: found.number },
        amount: '2 SOL',
        rules: [
          expect.stringContaining('while more than 10 SOL is missing unexplained, are refused'),
          expect.stringContaining('while more than 0.1 SOL is missing unexplained, need two'),
        ],
      },
    });
    expect(await viewBreak(desk.people.ada.actor, found.number, desk.context)).toMatchObject({
      value: { id: found.id, overLimit: true, rules: [expect.any(String), expect.any(String)] },
    });
    expect(await viewOverview(desk.people.ada.actor, desk.context)).toMatchObject({
      value: { stopped: [], ruled: ['SOL'] },
    });
  });

  it('refuses while much is missing, with the break', async () => {
    const before = valueOf(await withdraw());
    if (before.outcome !== 'sign') throw new Error('It was raised before.');
    await runFinding(2n * SOL, 11n * SOL);
    const refused = {
      refusal: {
        code: 'policy-denies',
        sentence: expect.stringMatching(
          /far less SOL is there than the books say\. 11 SOL is missing: see break BR-\d{6}\.$/u,
        ) as string,
      },
    };
    // Also for who had read it before, while the word that was kept says less.
    expect(await press(desk.people.ada, before.request, desk.context)).toMatchObject(refused);
    expect(await withdraw()).toMatchObject(refused);
    expect(await desk.owner.hold.count()).toBe(0);
  });

  it('goes back to the usual people once a run finds nothing missing any more', async () => {
    await runFinding();
    expect((await allowed()).rule).toBe('withdrawal');
  });

  it('lets nothing out while the source is away', async () => {
    await closeBooks();
    desk.passTime(121_000);
    expect(await withdraw()).toMatchObject({ refusal: { code: 'fact-missing' } });
    await openBooksSource();
    expect((await allowed()).rule).toBe('withdrawal');
  });
});

describe('the source of shortfalls', () => {
  const question = (changes: object = {}) => ({
    type: 'countersign/fact-request/v1',
    organisation: desk.context.settings.organisation,
    environment: 'sandbox',
    source: booksSourceName,
    fact: 'books' satisfies FactSource['fact'],
    asset: 'SOL',
    ...changes,
  });
  const ask = async (changes: object = {}): Promise<string | null> => {
    const { books: url } = desk.database.urls;
    const asked = { url, key: booksPublicKey.key, now: desk.context.clock };
    const signed = await answerBooks(question(changes), asked);
    return signed?.fact.fact === 'books' ? signed.fact.shortfall : null;
  };

  it('tells the largest open shortfall, not what is over, was closed or is about another asset', async () => {
    await runFinding(3n * SOL, 7n * SOL, -50n * SOL);
    expect(await ask()).toBe((7n * SOL).toString());
    await runFinding(3n * SOL);
    expect(await ask()).toBe((3n * SOL).toString());
    await runFinding();
    expect(await ask()).toBe('0');
    expect(await ask({ asset: 'USDC' })).toBeNull();
  });

  it('is silent once a place was not compared for a day and two hours, whatever is dated ahead', async () => {
    const allowedMs = 26 * 3_600_000;
    await runFinding();
    desk.passTime(allowedMs);
    expect(await ask()).toBe('0');
    desk.passTime(1);
    expect(await ask()).toBeNull();
    // The owner alone can write such rows: no role dates a run but now.
    await runAt(desk.owner, new Date('2900-01-01T00:00:00.000Z'), []);
    expect(await ask()).toBeNull();
    await runAt(desk.owner, desk.context.clock(), []);
    expect(await ask()).toBe('0');
  });

  it('answers no question that is not its own', async () => {
    expect(await ask({ source: 'sandbox-prices' })).toBeNull();
    expect(await ask({ fact: 'price' })).toBeNull();
    expect(await ask({ environment: 'production' })).toBeNull();
    expect(await ask({ more: 1 })).toBeNull();
  });

  it('signs in as somebody who reads what runs found, nothing else, and writes nothing', async () => {
    const reader = new pg.Client({ connectionString: desk.database.urls.books });
    await reader.connect();
    const refused = async (sql: string): Promise<string | null> => {
      try {
        await reader.query(sql);
        return null;
      } catch (error) {
        return (error as { code?: string }).code ?? 'unknown';
      }
    };
    try {
      expect(await refused('select asset, amount, cause, state from break_record')).toBeNull();
      expect(await refused('select kind, asset, place, at from reconciliation_run')).toBeNull();
      expect(await refused('select id, closed_by from break_record')).toBeNull();
      expect(await refused('select id, break_id, revision, what from break_event')).toBeNull();
      expect(await refused('select event_id, fault from break_closing_check')).toBeNull();
      const denied = '42501';
      await reader.query('set default_transaction_read_only = off');
      const tables = await desk.owner.$queryRaw<{ name: string }[]>`
        select tablename as name from pg_tables where schemaname = 'public'`;
      for (const { name } of tables) {
        expect([name, await refused(`select * from "${name}"`)]).toEqual([name, denied]);
        expect([name, await refused(`delete from "${name}"`)]).toEqual([name, denied]);
        expect([name, await refused(`insert into "${name}" default values`)]).toEqual([
          name,
          denied,
        ]);
      }
      expect(await refused(`update break_record set state = 'closed'`)).toBe(denied);
    } finally {
      await reader.end();
    }
  });
});
