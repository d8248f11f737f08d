import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '#lib/operations/default-policy.ts';
import { httpSource } from '#lib/operations/sources/http-source.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { FactSource } from '#lib/protocol/policy.ts';
import { applyDifferences } from '#lib/reconciliation/breaks/apply-differences.ts';
import { compare } from '#lib/reconciliation/matching/compare.ts';
import { inputsOf, itemOf } from '#lib/reconciliation/matching/testing/make-inputs.ts';
import { recordedRun } from '#lib/reconciliation/testing/recorded-run.ts';
import { isListening } from '#scripts/supervisor/parties.ts';
import {
  newFolder,
  runScript,
  until,
  type Running,
} from '#scripts/supervisor/testing/processes.ts';
import { booksKey } from '../sources/source-keys.ts';
import { booksSourceName } from './answer.ts';

const folder = newFolder();
const socket = join(folder, 'books.sock');
const keyFile = join(folder, 'books-key.json');
let database: TestDatabase;
let owner: Database;
let source: Running;

const start = async (): Promise<void> => {
  source = runScript(['lib/sandbox/books/main.ts', socket, keyFile], {
    DATABASE_URL_BOOKS: database.urls.books,
  });
  await until('the source listens', () => isListening(socket));
};

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  await start();
});
afterAll(async () => {
  source.kill('SIGKILL');
  await source.ended;
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the console takes of its answer, by the policy's own check of signature and age. */
async function shortfall(): Promise<string> {
  const named: FactSource = {
    name: booksSourceName,
    fact: 'books',
    publicKey: booksKey(keyFile).publicKey,
    maxAgeSeconds: 120,
  };
  const policy = defaultPolicy('sample-custodian', 'sandbox', [named]);
  const asked = { url: `unix:${socket}`, source: named, policy, now: () => new Date() };
  const said = await httpSource(asked).shortfall({ asset: 'SOL' });
  if (!said.ok) return said.refusal.code;
  return said.value.fact.fact === 'books' ? said.value.fact.shortfall : 'another fact';
}

async function runFinding(...gone: bigint[]): Promise<void> {
  const db = database.connect('worker');
  const items = gone.map((units, place) =>
    itemOf(`tx-${place}`, -units, { transaction: `tx-${place}` }),
  );
  const inputs = { ...inputsOf('chain', [], items), at: new Date().toISOString() };
  const run = await recordedRun(db, inputs);
  await inTransaction(db, (tx) => applyDifferences(tx, run, compare(inputs).differences));
}

describe('the source of shortfalls, as a process', () => {
  it('says nothing before a run, and then what is missing, signed by its own key', async () => {
    expect(await shortfall()).toBe('source-answer-invalid');
    await runFinding();
    expect(await shortfall()).toBe('0');
    await runFinding(5n, 7n);
    expect(await shortfall()).toBe('7');
  });

  it('goes on after the database ended its connections', async () => {
    await owner.$queryRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where usename = 'countersign_books' and datname = current_database()`;
    await until('it answers again', async () => (await shortfall()) === '7');
  });

  it('keeps its key over a restart, and leaves when it is told to', async () => {
    source.kill('SIGTERM');
    expect(await source.ended).toBe(0);
    await start();
    expect(await shortfall()).toBe('7');
    expect(source.output()).not.toContain(database.urls.books);
  });

  it('does not start without what it needs, and says what that is', async () => {
    const without = runScript(['lib/sandbox/books/main.ts', socket, keyFile], {});
    expect(await without.ended).not.toBe(0);
    expect(without.output()).toContain('DATABASE_URL_BOOKS');
  });
});
