import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks } from '#lib/ledger/testing/books.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { backUp } from '#lib/resilience/backups/back-up.ts';
import { openPeopleDesk, record, type PeopleDesk } from '../testing/people-desk.ts';
import { damaged, tampered } from '../testing/broken-rows.ts';
import { needlesOf } from './needles.ts';
import { NAMED_MAX, Places, type Place } from './place.ts';
import { scanBackups } from './scan-backups.ts';
import { scanFiles } from './scan-files.ts';
import { scanSealed } from './scan-sealed.ts';
import { scanTables } from './scan-tables.ts';
import { sealedColumns } from './sealed-columns.ts';

let desk: PeopleDesk;
let client: pg.Client;
let folder = '';
beforeAll(async () => {
  desk = await openPeopleDesk(['C-1001']);
  client = new pg.Client({ connectionString: desk.books.database.urls.owner });
  await client.connect();
  folder = mkdtempSync(join(tmpdir(), 'countersign-scan-'));
});
afterAll(async () => {
  await client.end();
  await closeBooks(desk.books);
  rmSync(folder, { recursive: true, force: true });
});

const look = (values: readonly string[]) => ({
  needles: needlesOf(values),
  places: new Places(),
  signal: new AbortController().signal,
  report: () => undefined,
});
const where = (places: Places): string[] => places.named.map((place: Place) => place.where);

async function scanDatabase(...values: string[]): Promise<Places> {
  const options = look(values);
  await scanTables(client, options);
  await scanSealed(client, sealedColumns, { ...options, keys: dataKeys() });
  return options.places;
}

it('every sealed column there is is opened and looked through', async () => {
  const { rows } = await client.query<{ name: string }>(`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name = 'sealed' order by 1`);
  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  expect(known).toEqual(expect.arrayContaining(rows.map(({ name }) => name)));
});

describe('a value in the database', () => {
  it('of somebody in the vault is found where it is sealed, and in no table in clear', async () => {
    const person = await record(desk, 'C-1001', {
      'full-name': 'Zoë Scannable',
      email: 'zoe@scan.example.org',
    });
    const places = await scanDatabase('zoë scannable', 'zoe@scan.example.org');
    expect(places.named).toEqual([
      { sort: 'sealed', where: 'person_value.sealed', row: `${person} full-name 1`, values: [0] },
      { sort: 'sealed', where: 'person_value.sealed', row: `${person} email 1`, values: [1] },
    ]);
  });

  it('that nobody has is not found', async () => {
    expect((await scanDatabase('Nobody Hasthis')).count).toBe(0);
  });

  it('that somebody wrote into a text, a list, JSON or bytes is found with its column and its key', async () => {
    const { owner } = desk.books;
    const name = 'Scanned\tPer"son';
    await owner.heartbeat.create({ data: { name: 'a', at: new Date(0), detail: { of: name } } });
    await owner.heartbeat.create({ data: { name: `x ${name}`, at: new Date(0), detail: {} } });
    await owner.$executeRaw`insert into session (id, token_hash, operator_id, credential_id, created_at, last_seen_at, expires_at)
      select gen_random_uuid(), ${Buffer.from(name)}, c.operator_id, c.id, now(), now(), now() + interval '1 hour'
      from credential c limit 1`;
    const places = await scanDatabase(name);
    expect(where(places).toSorted()).toEqual([
      'heartbeat.detail',
      'heartbeat.name',
      'session.token_hash',
    ]);
    // A key that holds the value isn't told; another one is.
    const rows = new Map(places.named.map((place) => [place.where, place.row]));
    expect(rows.get('heartbeat.name')).toBe(null);
    expect(rows.get('heartbeat.detail')).toBe('a');
    expect(JSON.stringify(places.named)).not.toContain('Scanned');
  });

  it('is not passed over where the key service is away', async () => {
    const options = look(['anything']);
    const away = { open: () => Promise.reject(new Error('away')) };
    await expect(scanSealed(client, sealedColumns, { ...options, keys: away })).rejects.toThrow(
      'away',
    );
  });
});

it('what does not open is told by its table, and keeps nothing else from being looked through', async () => {
  const person = await record(desk, 'C-1001', {
    'full-name': 'Damaged Scannable',
    email: 'damaged@scan.example.org',
  });
  await tampered(desk.books, 'person_value', async (tx) => {
    const where = { personId: person, field: 'full-name' };
    const [row] = await tx.personValue.findMany({ where });
    const sealed = damaged(row?.sealed ?? new Uint8Array());
    await tx.personValue.updateMany({ where, data: { sealed } });
  });
  const options = look(['damaged scannable', 'damaged@scan.example.org']);
  const { broken } = await scanSealed(client, sealedColumns, { ...options, keys: dataKeys() });
  expect(where(options.places)).toEqual(['person_value.sealed']);
  expect(broken).toEqual({
    places: [{ where: 'person_value', count: 1 }],
    rows: [{ table: 'person_value', row: `${person} full-name 1`, fault: 'seal-broken' }],
  });
  await tampered(desk.books, 'person_value', (tx) =>
    tx.personValue.deleteMany({ where: { personId: person } }),
  );
});

describe('a value in a file', () => {
  it('is found in every folder below, across the pieces a long file is read in, and in its name', async () => {
    mkdirSync(join(folder, 'logs', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'logs', 'web.log'), `${'x'.repeat(1024 * 1024 - 5)}Filed Person`);
    writeFileSync(join(folder, 'logs', 'deep', 'Filed Person.txt'), '');
    writeFileSync(join(folder, 'clean.bin'), Buffer.alloc(100));
    symlinkSync('/dev/zero', join(folder, 'endless'));
    const options = look(['filed person']);
    const count = await scanFiles(folder, options);
    expect(where(options.places).toSorted()).toEqual([
      join('logs', 'deep', 'Filed Person.txt'),
      join('logs', 'web.log'),
    ]);
    expect(count).toMatchObject({ files: 3, unread: [] });
  });

  it('in a folder that is not there makes it no clean one', async () => {
    const count = await scanFiles(join(folder, 'clean.bin'), look(['anything']));
    expect(count.unread).toHaveLength(1);
  });
});

it('a value in the clear of a sealed backup is found, in a table that is named, until its key is destroyed', async () => {
  await desk.books.owner.heartbeat.create({
    data: { name: 'Backed Up-Person', at: new Date(0), detail: {} },
  });
  const { header } = await backUp({
    ownerUrl: desk.books.database.urls.owner,
    parent: folder,
    keys: dataKeys(),
    recipient: null,
    now: new Date(),
    signal: new AbortController().signal,
    onTable: () => undefined,
  });
  const options = { ...look(['backed up-person']), keys: dataKeys() };
  const count = await scanBackups(folder, options);
  expect(count).toEqual({ opened: 1, closed: 0, unread: [] });
  expect(where(options.places)).toEqual([
    expect.stringMatching(/^countersign-backup-\S+ heartbeat$/),
  ]);
  // Neither the files as they lie there nor the backup of an ended key have it.
  const files = look(['backed up-person']);
  await scanFiles(folder, files);
  expect(files.places.count).toBe(0);
  await dataKeys().shred([header.keyId]);
  const after = { ...look(['backed up-person']), keys: dataKeys() };
  expect(await scanBackups(folder, after)).toEqual({ opened: 0, closed: 1, unread: [] });
});

it('of a value that stands everywhere a few places are named and all are counted', async () => {
  await desk.books.owner.$executeRaw`
    insert into heartbeat (name, at, detail)
    select 'everywhere ' || n, now(), '{}' from generate_series(1, 100) n`;
  const places = await scanDatabase('everywhere');
  expect(places.named).toHaveLength(NAMED_MAX);
  expect(places.count).toBe(100);
});
