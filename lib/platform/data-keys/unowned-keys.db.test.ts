import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/database.ts';
import { dataKeys } from './our-keys.ts';
import { countUnownedKeys, findUnownedKeys, noteUnownedKeys } from './unowned-keys.ts';

let database: TestDatabase;
let worker: Database;
let owner: Database;

const day = 86_400_000;
const start = Date.now();
const at = (days: number): Date => new Date(start + days * day);
const note = (days: number) => noteUnownedKeys({ db: worker, clock: () => at(days) });
const own = (keyId: string, kind: string, of: string) =>
  owner.dataKeyOwner.create({ data: { keyId, kind, owner: of } });
const sinceOf = async (keyId: string) =>
  (await owner.dataKeyUnowned.findUnique({ where: { keyId } }))?.since ?? null;
/** Other tests share the key service, and their keys are nobody's here. */
const counted = async (keyId: string, days: number): Promise<number> => {
  await owner.dataKeyUnowned.deleteMany({ where: { keyId: { not: keyId } } });
  return countUnownedKeys(worker, at(days));
};

beforeAll(async () => {
  database = await createTestDatabase();
  worker = database.connect('worker');
  owner = database.connect('owner');
});
afterAll(() => database.drop());

describe('a key that nothing on record owns', () => {
  it('is told of once it is so for a day, and no more when it is gone or has an owner', async () => {
    const [mine = '', late = '', gone = ''] = await dataKeys().make(3);
    await own(mine, 'text', 'break_note/a');
    await note(0);
    expect([await sinceOf(mine), await sinceOf(late)]).toEqual([null, at(0)]);
    await note(1.5);
    expect([await sinceOf(late), await sinceOf(gone)]).toEqual([at(0), at(0)]);
    await own(late, 'text', 'break_note/b');
    await dataKeys().shred([gone]);
    // Owned since the last look, it does not count, whenever the next look is.
    expect(await counted(late, 2)).toBe(0);
    await note(2);
    expect([await sinceOf(late), await sinceOf(gone)]).toEqual([null, null]);
  });

  it('stands in words where whoever looks after the worker reads them, and says nothing of the key', async () => {
    const [nobodys = ''] = await dataKeys().make(1);
    await note(0);
    expect(await counted(nobodys, 0.9)).toBe(0);
    expect(await findUnownedKeys(worker, at(0.9))).toEqual([]);
    expect(await counted(nobodys, 1.1)).toBe(1);
    const [words = ''] = await findUnownedKeys(worker, at(1.1));
    expect(words).toContain('belonged to nothing on record');
    expect(words).not.toContain(nobodys);
  });

  it('is one that ended unsigned and is there although its challenge is gone', async () => {
    const [ended = '', waiting = ''] = await dataKeys().make(2);
    const nonce = 'n'.repeat(43);
    await owner.$executeRaw`
      insert into challenge (nonce, purpose, document, payload, challenge, expires_at)
      values (${nonce}, 'break-closing', '', '{}', 'AAAA', now() + interval '1 minute')`;
    await own(ended, 'unsigned', `${'g'.repeat(43)}/${'ab'.repeat(32)}`);
    await own(waiting, 'unsigned', `${nonce}/${'ab'.repeat(32)}`);
    await note(0);
    expect([await sinceOf(ended), await sinceOf(waiting)]).toEqual([at(0), null]);
  });

  it('is kept from the web server', async () => {
    const web = database.connect('web');
    await expect(web.dataKeyUnowned.count()).rejects.toThrow(/permission denied/);
  });
});
