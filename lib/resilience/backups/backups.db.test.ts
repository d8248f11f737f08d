/** A sealed backup on real servers: what it shows, what it opens with, and what comes back. */
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { SealedStreamError } from '#lib/platform/sealed-stream.ts';
import { DrillProblem } from '../drills/drill-problem.ts';
import { makeDrillFolder, prepareSchema } from '../drills/second-server.ts';
import { backUp, type BackUpOptions } from './back-up.ts';
import { openBackup } from './open-backup.ts';
import { putBack } from './put-back.ts';
import { makeRecipient } from './recipient.ts';
import { removeOldBackups } from './remove-old.ts';

let books: Books;
let folder: string;
const longMs = 180_000;
const name = 'Anneliese Wrobel-Testfall';

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  await deposit(books, 'C-1001', 5_000_000n);
  await books.owner.heartbeat.create({ data: { name, at: new Date(0), detail: {} } });
});
afterAll(() => closeBooks(books));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-backup-test-'));
  return () => rm(folder, { recursive: true, force: true });
});

const take = (options: Partial<BackUpOptions> = {}) =>
  backUp({
    ownerUrl: books.database.urls.owner,
    parent: folder,
    keys: dataKeys(),
    recipient: null,
    now: new Date('2026-11-29T09:10:11.123Z'),
    signal: new AbortController().signal,
    onTable: () => undefined,
    ...options,
  });
const byService = { by: 'service', keys: dataKeys() } as const;
const restoring = { signal: new AbortController().signal, onTable: () => undefined };

async function inNewDatabase<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const made = await makeDrillFolder(folder);
  try {
    const server = await made.startServer({ fsync: 'off', full_page_writes: 'off' });
    await prepareSchema(server);
    return await work(server.ownerUrl);
  } finally {
    await made.remove();
  }
}

describe('a backup', () => {
  it(
    'shows nothing of what is in it, and comes back equal in every row',
    async () => {
      const { path, backup } = await take();
      for (const file of await readdir(path))
        expect((await readFile(join(path, file))).includes(name)).toBe(false);
      const opened = await openBackup(path, byService);
      expect(opened.backup).toEqual(backup);
      await inNewDatabase(async (ownerUrl) => {
        expect(await putBack(ownerUrl, opened, restoring)).toEqual([]);
        await expect(putBack(ownerUrl, opened, restoring)).rejects.toThrow(/in use already/);
      });
    },
    longMs,
  );

  it('opens with the private key of its recipient and no other, without the service', async () => {
    const [ours, other] = [await makeRecipient(), await makeRecipient()];
    const { path, backup } = await take({ recipient: ours.publicKey });
    const opened = await openBackup(path, { by: 'private-key', privateKey: ours.privateKey });
    expect(opened.backup.tables).toEqual(backup.tables);
    await expect(
      openBackup(path, { by: 'private-key', privateKey: other.privateKey }),
    ).rejects.toThrow(/does not open the backup/);
  });

  it('opens by nobody once its key was destroyed', async () => {
    const { path, header } = await take();
    await dataKeys().shred([header.keyId]);
    await expect(openBackup(path, byService)).rejects.toThrow(/was destroyed/);
    await expect(openBackup(path, { by: 'private-key', privateKey: '00' })).rejects.toThrow(
      /without a recipient/,
    );
  });

  it('is not begun where the key service is away', async () => {
    const away = { make: () => Promise.reject(new Error('away')), seal: () => Promise.resolve([]) };
    await expect(take({ keys: away })).rejects.toThrow('away');
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing when it is interrupted', async () => {
    const controller = new AbortController();
    const done = take({
      signal: controller.signal,
      onTable: () => {
        controller.abort();
      },
    });
    await expect(done).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  it(
    'is refused whole when a file of it was changed, cut off or swapped',
    async () => {
      const { path } = await take();
      const opened = await openBackup(path, byService);
      await inNewDatabase(async (ownerUrl) => {
        const journal = join(path, 'journal.sealed');
        const whole = await readFile(journal);
        await truncate(journal, whole.length - 1);
        await expect(putBack(ownerUrl, opened, restoring)).rejects.toThrow(SealedStreamError);
        await writeFile(journal, await readFile(join(path, 'posting.sealed')));
        await expect(putBack(ownerUrl, opened, restoring)).rejects.toThrow(SealedStreamError);
        await writeFile(journal, whole);
        expect(await putBack(ownerUrl, opened, restoring)).toEqual([]);
      });
    },
    longMs,
  );

  it('ends with its key when its days are over, and others stay', async () => {
    const old = await take({ now: new Date('2026-10-01T00:00:00Z') });
    const kept = await take({ now: new Date('2026-11-28T00:00:00Z') });
    await writeFile(join(folder, 'countersign-backup-notes.txt'), 'not ours');
    const end = {
      keepDays: 30,
      now: new Date('2026-11-29T00:00:00Z'),
      keys: dataKeys(),
      ownerUrl: books.database.urls.owner,
    };
    const copyAway: Pick<DataKeys, 'shred'> = {
      shred: async () => ({
        destroyed: [old.header.keyId],
        absent: [],
        rootBefore: 1,
        rootAfter: 2,
        places: [
          { place: 'store', done: true },
          { place: 'copy 1', done: false },
        ],
        at: end.now.toISOString(),
      }),
    };
    await expect(removeOldBackups(folder, { ...end, keys: copyAway })).rejects.toThrow(
      'could not be reached',
    );
    expect(await removeOldBackups(folder, end)).toEqual({
      removed: [old.path],
      broken: [],
      foreign: [],
    });
    expect(await dataKeys().missing([old.header.keyId])).toEqual([old.header.keyId]);
    expect((await openBackup(kept.path, byService)).header.id).toBe(kept.header.id);
    await rm(join(kept.path, 'backup.json'));
    expect(await removeOldBackups(folder, { ...end, keepDays: 1 })).toEqual({
      removed: [],
      broken: [kept.path],
      foreign: [],
    });
  });

  it('whose header names the key of somebody ends nothing, and both stay', async () => {
    const made = await take({ now: new Date('2026-10-01T00:00:00Z') });
    const [keyId = ''] = await dataKeys().make(1);
    await books.owner.person.create({
      data: { id: `ps-${'k'.repeat(16)}`, keyId, createdAt: new Date(), createdBy: 'system' },
    });
    await writeFile(join(made.path, 'backup.json'), JSON.stringify({ ...made.header, keyId }));
    const end = { keepDays: 1, now: new Date('2026-11-29T00:00:00Z'), keys: dataKeys() };
    expect(await removeOldBackups(folder, { ...end, ownerUrl: books.database.urls.owner })).toEqual(
      { removed: [], broken: [], foreign: [made.path] },
    );
    expect(await dataKeys().missing([keyId])).toEqual([]);
  });

  it('is none without its header, or with one of another make', async () => {
    const { path } = await take();
    await writeFile(join(path, 'backup.json'), '{"type":"countersign/backup/v2"}');
    await expect(openBackup(path, byService)).rejects.toThrow(DrillProblem);
    await rm(join(path, 'backup.json'));
    await expect(openBackup(path, byService)).rejects.toThrow(/holds no backup/);
  });
});
