/** A database from before an erasure that is put back, and what happens before it is served. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { newPersonId } from '#lib/persons/ids.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import { replayErasures, type ReplayError } from './replay.ts';

const execute = promisify(execFile);
let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const replay = (most?: number) => replayErasures(erasureNeeds(desk), most);
const fault = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as ReplayError).fault,
  );
const check = () => desk.owner.privacyRestoreCheck.findUniqueOrThrow({ where: { id: 1 } });

type Copy = { person: Row; values: Row[]; hashes: Row[] };
type Row = Record<string, unknown>;

/** What a backup of now holds of somebody. */
async function backUp(db: Database, id: string): Promise<Copy> {
  const where = { personId: id };
  return {
    person: (await db.person.findUniqueOrThrow({ where: { id } })) as Row,
    values: (await db.personValue.findMany({ where })) as Row[],
    hashes: (await db.personHash.findMany({ where })) as Row[],
  };
}

/** Puts it back, past every guard, as a restore does; the trail and the queue are as they were before, too. */
async function putBack(id: string, { person, values, hashes }: Copy): Promise<void> {
  await inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    for (const table of ['person_erasure', 'person_value', 'person_hash'])
      await tx.$executeRawUnsafe(`alter table ${table} disable trigger all`);
    await tx.$executeRaw`delete from person_erasure where person_id = ${id}`;
    await tx.$executeRaw`alter table person disable trigger all`;
    await tx.person.update({
      where: { id },
      data: { keyId: String(person['keyId']), erasedAt: null },
    });
    await tx.personValue.createMany({ data: values as never });
    await tx.personHash.createMany({ data: hashes as never });
    for (const table of ['person', 'person_erasure', 'person_value', 'person_hash']) {
      await tx.$executeRawUnsafe(`alter table ${table} enable trigger all`);
    }
  });
  await enableAlways();
}

/** Guards hold for replicas, too; a restored database has them as the migrations made them. */
async function enableAlways(): Promise<void> {
  const client = new pg.Client({ connectionString: desk.database.urls.owner });
  await client.connect();
  await client.query(`do $$ declare one record; begin
    for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
      and tgrelid in ('person'::regclass, 'person_erasure'::regclass, 'person_value'::regclass, 'person_hash'::regclass)
    loop execute format('alter table %s enable always trigger %I', one.of, one.tgname); end loop; end $$`);
  await client.end();
}

const known = (mark: string) => ({
  'full-name': `Restored Person${mark}`,
  email: `restored${mark}@example.org`,
});
const isFound = async (email: string): Promise<boolean> => {
  const hash = await searchHash('email', email);
  return (await desk.owner.personHash.count({ where: { hash: hash ?? Buffer.of() } })) > 0;
};

describe('a start', () => {
  it('looks at everybody once, and then asks nothing until a key was destroyed', async () => {
    expect(await replay()).toMatchObject({ looked: true, erased: 0, held: [] });
    const { generation } = await check();
    if ((await dataKeys().generation()) === generation)
      expect(await replay()).toMatchObject({ looked: false });
  });

  it('erases again whom a database from before the erasure brings back', async () => {
    const values = known('one');
    const person = await somebody(desk, values);
    const other = await somebody(desk, known('stays'));
    const { erasure } = await decidedErasure(desk, person);
    const copy = await backUp(desk.owner, person);
    await carryErasure(erasureNeeds(desk), erasure);
    expect(await isFound(values.email)).toBe(false);

    await putBack(person, copy);
    expect(await isFound(values.email)).toBe(true);
    await desk.owner.privacyRestoreCheck.updateMany({ data: { system: 'another/1' } });
    expect(await replay()).toMatchObject({ looked: true, erased: 1, held: [] });
    expect(await isFound(values.email)).toBe(false);
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(0);
    expect(await desk.owner.person.findUnique({ where: { id: person } })).toMatchObject({
      keyId: null,
    });
    expect(await isFound(known('stays').email)).toBe(true);
    expect(await desk.owner.personValue.count({ where: { personId: other } })).toBe(2);
    // The worker proves it afterwards, like any.
    const again = await desk.owner.personErasure.findFirstOrThrow({ where: { personId: person } });
    expect(again).toMatchObject({ cause: 'restore', state: 'removed' });
    expect(await carryErasure(erasureNeeds(desk), again.id)).toBe('proved');
  });

  it('refuses to serve with another key service, with older keys, and where far too many are unknown', async () => {
    const person = await somebody(desk, known('two'));
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    const { canary, generation } = await check();
    await desk.owner.privacyRestoreCheck.updateMany({ data: { canary: Buffer.alloc(16, 7) } });
    expect(await fault(replay())).toBe('other-keys');
    await desk.owner.privacyRestoreCheck.updateMany({ data: { canary, generation: 1_000_000 } });
    expect(await fault(replay())).toBe('older-keys');
    await desk.owner.privacyRestoreCheck.updateMany({ data: { generation } });
    await dataKeys().shred([keyId ?? '']);
    expect(await fault(replay(0))).toBe('too-many');
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(2);
    expect(await replay()).toMatchObject({ erased: 1 });
  });

  it('is kept from nothing by people with keys that never were, who are left as they are and answered for', async () => {
    const real = await somebody(desk, known('five'));
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: real } });
    await dataKeys().shred([keyId ?? '']);
    const people = Array.from({ length: 3 }, () => ({
      id: newPersonId(),
      keyId: randomBytes(16).toString('hex'),
      createdAt: new Date(),
      createdBy: 'system',
    }));
    await desk.web.person.createMany({ data: people });
    expect(await replay(1)).toMatchObject({ erased: 1, madeUp: 3, held: [] });
    const ids = people.map(({ id }) => id);
    const left = await desk.owner.person.findMany({ where: { id: { in: ids }, erasedAt: null } });
    expect(left).toHaveLength(3);
    const said = await desk.owner.dataKeyRefusal.findMany({ where: { owner: { in: ids } } });
    expect(said.map(({ kind, fault }) => `${kind} ${fault}`)).toEqual(
      Array.from({ length: 3 }, () => 'person key-unknown'),
    );
    // Without a look before, nothing tells them from people of another key service.
    const before = await check();
    await desk.owner.privacyRestoreCheck.deleteMany();
    expect(await fault(replay(1))).toBe('too-many');
    await desk.owner.privacyRestoreCheck.create({ data: before });
  });

  it('is refused where keys of more people are lost, whether their ids prove anything or not', async () => {
    const [one, other] = [await somebody(desk, known('six')), await somebody(desk, known('seven'))];
    const rows = await desk.owner.person.findMany({ where: { id: { in: [one, other] } } });
    await dataKeys().shred(rows.map(({ keyId }) => keyId ?? ''));
    expect(await fault(replay(1))).toBe('too-many');
    const old = newPersonId();
    const key = randomBytes(16).toString('hex');
    await desk.owner.dataKeyOwner.create({
      data: { keyId: key, kind: 'person', owner: old, unproved: true },
    });
    const row = { id: old, keyId: key, createdAt: new Date(), createdBy: 'system' };
    await desk.owner.person.create({ data: row });
    expect(await fault(replay(2))).toBe('too-many');
    expect(await replay(3)).toMatchObject({ erased: 3 });
  });

  it('runs it in a process of its own, which fails where the keys are away', async () => {
    const run = (more: Record<string, string>) =>
      execute(process.execPath, ['scripts/replay-erasures.ts'], {
        env: { ...process.env, DATABASE_URL_WORKER: desk.database.urls.worker, ...more },
      });
    const person = await somebody(desk, known('four'));
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    await dataKeys().shred([keyId ?? '']);
    await expect(run({ COUNTERSIGN_KEYS: 'unix:/tmp/nobody-is-here.sock' })).rejects.toThrow();
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(2);
    await expect(run({ COUNTERSIGN_ERASED_AGAIN: '0' })).rejects.toThrow('start once with');
    const { stdout } = await run({});
    expect(stdout).toMatch(/^1 of \d+ people erased again$/m);
  });

  it('leaves what a hold covers, which opens with no key, and says so', async () => {
    const person = await somebody(desk, known('three'));
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    await held(desk, { person });
    await dataKeys().shred([keyId ?? '']);
    expect(await replay()).toMatchObject({ erased: 0, held: [person] });
    const { id } = await desk.owner.personErasure.findFirstOrThrow({ where: { personId: person } });
    expect(await carryErasure(erasureNeeds(desk), id)).toBe('swept');
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(2);
  });
});
