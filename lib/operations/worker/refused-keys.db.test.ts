import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { refusalIn, noteRefusals } from '#lib/platform/data-keys/note-refusal.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { KeyOfOtherError } from '#lib/platform/data-keys/key-of-other.ts';
import { shredOneOwn, shredOwn, type EndingKey } from '#lib/platform/data-keys/shred-own.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { tellRefusedKeys } from './refused-keys.ts';

let database: TestDatabase;
let now = new Date();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const tell = () => tellRefusedKeys({ db: database.connect('worker'), clock: () => now });
const incidents = async (): Promise<string[]> => {
  const where = { what: 'key-refused' };
  const rows = await database
    .connect('owner')
    .incidentRecord.findMany({ where, orderBy: { number: 'asc' } });
  return rows.map(({ title }) => title);
};
/** A package that names the key of somebody. */
async function foreign(): Promise<EndingKey> {
  const [key = ''] = await dataKeys().make(1);
  const owner = `ps-${randomUUID()
    .replaceAll(/[^a-f]/g, 'a')
    .slice(0, 16)}`;
  await database
    .connect('owner')
    .dataKeyOwner.create({ data: { keyId: key, kind: 'person', owner } });
  return { key, kind: 'package', owner: randomUUID() };
}

it('a key that is refused opens one incident, however often and however many rows name one', async () => {
  const worker = database.connect('worker');
  expect(await tell()).toBe('not yet');
  expect(await incidents()).toEqual([]);
  const [one, other] = [await foreign(), await foreign()];
  await expect(shredOneOwn(worker, one)).rejects.toThrow(KeyOfOtherError);
  await shredOwn(worker, [one, other]);
  await tell();
  expect(await incidents()).toEqual([
    'A data key of a package was refused: it is not the key of the row that names it, and 1 more',
  ]);
  await shredOwn(worker, [one, await foreign()]);
  await tell();
  expect(await tell()).toBe('not yet');
  expect(await incidents()).toHaveLength(1);
  // What stood on record for a day is no longer the same event.
  now = new Date(now.getTime() + 86_400_001);
  await shredOwn(worker, [one, other]);
  expect(await tell()).toBe('not yet');
  await shredOwn(worker, [await foreign()]);
  await tell();
  expect(await incidents()).toHaveLength(2);
});

it('a duty that a missing or wrong key stops is on record by its name, however deep the failure lies', async () => {
  const worker = database.connect('worker');
  now = new Date(now.getTime() + 2 * 86_400_000);
  const before = (await incidents()).length;
  for (const fault of ['key-unknown', 'seal-broken'] as const) {
    const failure = new Error('beside', { cause: new DataKeysError(fault, 'refused') });
    const refusal = refusalIn('erasures', failure);
    expect(refusal).toEqual({ kind: 'duty', owner: 'erasures', fault });
    await noteRefusals(worker, refusal ? [refusal, refusal] : []);
  }
  await tell();
  const all = await incidents();
  expect(all).toHaveLength(before + 1);
  expect(all.at(-1)).toContain('“erasures”');
  for (const other of [
    new DataKeysError('unavailable', 'away'),
    new KeyOfOtherError({ kind: 'package', owner: 'x' }),
    new Error('x'),
    'x',
  ])
    expect(refusalIn('erasures', other)).toBeNull();
});

it('what was said stays said, and the web server neither reads nor makes it', async () => {
  const [web, worker] = [database.connect('web'), database.connect('worker')];
  await expect(web.dataKeyRefusal.count()).rejects.toThrow(/permission denied/);
  await expect(
    noteRefusals(web, [{ kind: 'package', owner: 'x', fault: 'not-own' }]),
  ).rejects.toThrow(/permission denied/);
  const again = { incident: 'INC-2026-000099', saidAt: now };
  await expect(worker.dataKeyRefusal.updateMany({ data: again })).rejects.toThrow(/said once/);
  await expect(worker.dataKeyRefusal.deleteMany()).rejects.toThrow(/permission denied/);
});
