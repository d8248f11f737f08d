import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { databaseFor } from './client.ts';
import { migrate, schemaDrift, schemaSql } from './migrate.ts';
import { ensureRoles, urlFor } from './roles.ts';

let admin: pg.Client;
const names: string[] = [];

async function emptyDatabase(owner?: string): Promise<string> {
  const name = `fresh_${randomBytes(5).toString('hex')}`;
  await admin.query(`create database ${name} ${owner === undefined ? '' : `owner ${owner}`}`);
  names.push(name);
  const url = new URL(inject('testServer').ownerUrl);
  url.pathname = `/${name}`;
  return url.href;
}

beforeAll(async () => {
  // Not the template: it can be copied only while nobody is connected to it.
  const maintenance = new URL(inject('testServer').ownerUrl);
  maintenance.pathname = '/postgres';
  admin = new pg.Client({ connectionString: maintenance.href });
  await admin.connect();
});
afterAll(async () => {
  for (const name of names) await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const twoMinutes = 120_000;

describe('migrations', () => {
  it(
    'make what schema.prisma says, and a second run finds nothing to do',
    { timeout: twoMinutes },
    async () => {
      const url = await emptyDatabase();
      const first = await migrate(url);
      expect(first.applied[0]).toBe('20261124000000_ground');
      expect(await migrate(url)).toEqual({ applied: [] });
      expect(await schemaDrift(url)).toBe('');
    },
  );

  it('are told apart from a schema that says something else', { timeout: twoMinutes }, async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('alter table vault drop column name');
    await client.end();
    expect(await schemaDrift(url)).toContain('ADD COLUMN     "name"');
    expect(await schemaSql(url)).toContain('CREATE TABLE "posting"');
  });

  it('run once when two programs start at the same moment', { timeout: twoMinutes }, async () => {
    const url = await emptyDatabase();
    const both = await Promise.all([migrate(url), migrate(url)]);
    const applied = both.map((result) => result.applied.length).toSorted((a, b) => a - b);
    expect(applied[0]).toBe(0);
    expect(applied[1]).toBeGreaterThan(0);
  });

  it('are refused when one was edited after it ran', { timeout: twoMinutes }, async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `update _prisma_migrations set checksum = 'other' where migration_name like '%_ground'`,
    );
    await client.end();
    await expect(migrate(url)).rejects.toThrow('_ground');
  });

  it(
    'are refused where a newer version of Countersign has been',
    { timeout: twoMinutes },
    async () => {
      const url = await emptyDatabase();
      await migrate(url);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ('later', 'later', '29990101000000_later', now(), now(), 1)`,
      );
      await client.end();
      await expect(migrate(url)).rejects.toThrow('29990101000000_later');
    },
  );
});

describe('an external database whose owner is no superuser', () => {
  it('is set up the same way', { timeout: twoMinutes }, async () => {
    const owner = `owner_${randomBytes(4).toString('hex')}`;
    await admin.query(`create role ${owner} login createrole password 'secret'`);
    // The run's roles exist already, so its administrator hands them over, as the guide says.
    for (const role of ['countersign_web', 'countersign_worker', 'countersign_ledger'])
      await admin.query(`grant ${role} to ${owner} with admin option`);
    const url = urlFor(await emptyDatabase(owner), owner, 'secret');
    await migrate(url);
    expect(await schemaDrift(url)).toBe('');
    const { webPassword, workerPassword } = inject('testServer');
    const { webUrl } = await ensureRoles(url, { webPassword, workerPassword });
    const web = databaseFor(webUrl);
    expect(await web.operation.count()).toBe(0);
    await web.$disconnect();
  });
});

describe('ensureRoles', () => {
  it('refuses a role that has powers it must not have', async () => {
    const server = inject('testServer');
    const url = await emptyDatabase();
    const clash = `powerful_${randomBytes(4).toString('hex')}`;
    await admin.query(`create role ${clash}`);
    await admin.query(`grant ${clash} to countersign_web`);
    try {
      await expect(ensureRoles(url, server)).rejects.toThrow('countersign_web');
    } finally {
      await admin.query(`drop role ${clash}`);
    }
    await expect(ensureRoles(url, server)).resolves.toMatchObject({
      webUrl: expect.any(String) as string,
    });
  });

  it('reads every instant as UTC whatever the server is set to', async () => {
    const url = await emptyDatabase();
    await admin.query(
      `alter database ${new URL(url).pathname.slice(1)} set timezone = 'Pacific/Auckland'`,
    );
    const db = databaseFor(url);
    const [row] = await db.$queryRaw<
      { at: Date }[]
    >`select '2026-01-02T03:04:05Z'::timestamptz as at`;
    expect(row?.at.toISOString()).toBe('2026-01-02T03:04:05.000Z');
    await db.$disconnect();
  });
});
