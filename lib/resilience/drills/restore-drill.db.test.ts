/** The drill of a restore on real servers: equal, disturbed, tampered with, interrupted. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import {
  carryToChain,
  closeBooks,
  confirm,
  deposit,
  openBooks,
  raise,
  type Books,
} from '#lib/ledger/testing/books.ts';
import { drillFolderPrefix } from './clear-leftovers.ts';
import { runRestoreDrill, type RestoreDrillOptions } from './restore-drill.ts';

let books: Books;
let folder: string;

/** A server is started and migrated in each; the machine may be doing other things. */
const longMs = 180_000;

beforeAll(async () => {
  books = await openBooks(['C-1001', 'C-1002']);
  for (const amount of [5_000_000n, 7_000_000n]) await deposit(books, 'C-1001', amount);
  await deposit(books, null, 1_000_000n);
  const operation = randomUUID();
  await raise(books, operation, 'C-1001', 2_000_000n);
  await carryToChain(books, operation);
  await confirm(books, operation, 'C-1001', 2_000_000n);
  await raise(books, randomUUID(), 'C-1001', 1_000_000n);
  // What COPY has to write in its own way: newlines, tabs, backslashes, quotes and nothing at all.
  await books.owner.heartbeat.create({
    data: { name: 'A\tb\\N "c" é', at: new Date(0), detail: {} },
  });
});
afterAll(() => closeBooks(books));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-drill-test-'));
  return () => rm(folder, { recursive: true, force: true });
});

const drill = (options: Partial<RestoreDrillOptions> = {}) =>
  runRestoreDrill({
    ownerUrl: books.database.urls.owner,
    folder,
    checks: [{ name: 'books', find: findLedgerFaults }],
    signal: new AbortController().signal,
    onProgress: () => undefined,
    serverSettings: { fsync: 'off', full_page_writes: 'off' },
    ...options,
  });

async function within<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Of the second server, while it runs; its port stands in the fourth line of the file. */
function urlOfServer(): string {
  const [own = ''] = readdirSync(folder);
  const lines = readFileSync(join(folder, own, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return `postgresql://nobody@127.0.0.1:${lines[3]}/countersign`;
}

/** Nothing is left of a drill, neither files nor the server that had them. */
async function expectNothingLeft(restoredUrl: string): Promise<void> {
  expect(await readdir(folder)).toEqual([]);
  await expect(within(restoredUrl, () => Promise.resolve())).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
}

const kept = (id: string) => books.owner.drillRun.findUniqueOrThrow({ where: { id } });

type Facts = {
  rows: number;
  tables: { name: string; rows: number }[];
  checks: { name: string; faults: number; attempts?: number }[];
  phases: { name: string }[];
};

describe('a drill of books that are written meanwhile', () => {
  it(
    'restores what was there at one instant, proves it equal, and leaves its evidence',
    async () => {
      let restoredUrl = '';
      let isOver = false;
      let written = 0;
      const writing = (async () => {
        while (!isOver) {
          await deposit(books, 'C-1002', 1_000n);
          written += 1;
        }
      })();
      const { record, faults, digest, unrecorded } = await drill({
        onProgress: (line) => {
          // From here on nothing is read of the live database; a deposit that is under way comes after the snapshot.
          if (line.startsWith('Starting a second server')) isOver = true;
        },
        onRestored: (url) => {
          restoredUrl = url;
          return Promise.resolve();
        },
      });
      isOver = true;
      await writing;
      expect({ faults, reason: record.reason, unrecorded }).toEqual({
        faults: [],
        reason: null,
        unrecorded: null,
      });
      expect(written).toBeGreaterThan(1);
      const facts = record.facts as Facts;
      const journals = facts.tables.find(({ name }) => name === 'journal')?.rows ?? 0;
      expect(journals).toBeGreaterThanOrEqual(4);
      expect(await books.owner.journal.count()).toBeGreaterThan(journals);
      expect(facts.phases.map(({ name }) => name)).toEqual([
        'snapshot',
        'backup',
        'server',
        'schema',
        'restore',
        'compare',
        'check',
      ]);
      expect(
        facts.checks.find(({ name }) => name === 'append-only guards')?.attempts,
      ).toBeGreaterThan(100);
      expect(record.rtoMs).toBeGreaterThan(0);
      expect(record.rpoMs).toBeGreaterThanOrEqual(0);
      const row = await kept(record.id);
      expect(row).toMatchObject({ kind: 'restore', outcome: 'passed', reason: null, digest });
      const [entry] = await books.owner.auditEntry.findMany({ where: { subject: record.id } });
      expect(entry).toMatchObject({ kind: 'drill-run', actor: 'system' });
      expect(new TextDecoder().decode(entry?.leaf)).toContain(digest ?? 'none');
      await expectNothingLeft(restoredUrl);
    },
    longMs,
  );
});

describe('what was tampered with after it was restored', () => {
  it(
    'is told by table, row, right and guard, and the drill counts as failed',
    async () => {
      const { record, faults } = await drill({
        onRestored: (url) =>
          within(url, async (client) => {
            await client.query(`
            set session_replication_role = replica;
            alter table posting disable trigger append_only;
            update posting set amount = amount + 1 where ctid = (select min(ctid) from posting);
            alter table posting enable always trigger append_only;
            alter table audit_entry disable trigger append_only;
            delete from audit_entry where id = (select max(id) from audit_entry);
            grant delete on account to countersign_web`);
          }),
      });
      const told = faults.join('\n');
      expect(told).toContain('posting has as many rows as before, and not the same in them.');
      expect(told).toMatch(/audit_entry has \d+ rows, and \d+ were restored\./);
      expect(told).toContain(
        'Only the restored database has: right of countersign_web to DELETE account',
      );
      expect(told).toContain('Rows of audit_entry could be deleted in the restored database');
      expect(told).toContain('journals that do not sum to zero');
      expect(await kept(record.id)).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining('What was restored is not what it should be.') as string,
        rtoMs: null,
      });
    },
    longMs,
  );
});

describe('a drill that is interrupted', () => {
  it('leaves neither server nor folder, and is on record as failed', async () => {
    const controller = new AbortController();
    let restoredUrl = '';
    const { record } = await drill({
      signal: controller.signal,
      onProgress: (line) => {
        if (!line.startsWith('Giving it the schema')) return;
        restoredUrl = urlOfServer();
        controller.abort();
      },
    });
    expect(record.reason).toContain('It was interrupted while');
    await expectNothingLeft(restoredUrl);
    expect(await kept(record.id)).toMatchObject({ outcome: 'failed', reason: record.reason });
  });

  it('while a table is read lets go of the live database', async () => {
    const controller = new AbortController();
    const { record } = await drill({
      signal: controller.signal,
      onProgress: (line) => {
        if (line.includes('backed up')) controller.abort();
      },
    });
    expect(record.reason).toContain('It was interrupted while the live database was read');
    expect(await readdir(folder)).toEqual([]);
    const { rows } = await within(books.database.urls.owner, (client) =>
      client.query(
        `select from pg_stat_activity where application_name = 'countersign drill' and datname = current_database()`,
      ),
    );
    expect(rows).toEqual([]);
  });
});

describe('a drill that can not be carried through', () => {
  it('is on record with its reason where another one is under way', async () => {
    await within(books.database.urls.owner, async (client) => {
      await client.query('select pg_advisory_lock(7305801128280)');
      const { record } = await drill();
      expect(record.reason).toBe('Another drill of this database is under way. Wait for its end.');
      expect(await kept(record.id)).toMatchObject({ outcome: 'failed' });
    });
  });

  it('removes what an earlier one left with its backup, and says so', async () => {
    const left = await mkdtemp(join(folder, drillFolderPrefix));
    const ended = { pid: process.pid, host: hostname(), boot: 'an earlier start of the machine' };
    await writeFile(join(left, 'drill.json'), JSON.stringify(ended));
    const said: string[] = [];
    const url = new URL(books.database.urls.owner);
    url.port = '1';
    await drill({ ownerUrl: url.href, onProgress: (line) => said.push(line) });
    expect(said[0]).toContain(`Removed ${left}`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that the live database does not answer, and that nothing is on record', async () => {
    const url = new URL(books.database.urls.owner);
    url.port = '1';
    const { record, digest, unrecorded } = await drill({ ownerUrl: url.href });
    expect(record.reason).toContain('A database stopped answering');
    expect(record.reason).not.toContain(url.password);
    expect(digest).toBeNull();
    expect(unrecorded).not.toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });
});
