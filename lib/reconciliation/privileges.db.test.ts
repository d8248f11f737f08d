import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';

let database: TestDatabase;
const clients = new Map<string, pg.Client>();

beforeAll(async () => {
  database = await createTestDatabase();
  for (const role of ['web', 'worker'] as const) {
    const client = new pg.Client({ connectionString: database.urls[role] });
    await client.connect();
    clients.set(role, client);
  }
});
afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.end()));
  await database.drop();
});

/** SQLSTATE of a statement that must not work; null when it did. */
async function refusal(role: string, sql: string): Promise<string | null> {
  try {
    await clients.get(role)?.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

const denied = '42501';

describe.each(['web', 'worker'])('the %s role', (role) => {
  it.each([
    'reconciliation_run',
    'reconciliation_repeat',
    'break_event',
    'break_statement',
    'outbox_event',
  ])('cannot change a row of %s', async (table) => {
    const { rows } = (await clients
      .get(role)
      ?.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      )) ?? { rows: [] };
    expect(rows.length).toBeGreaterThan(2);
    for (const { name } of rows)
      expect([name, await refusal(role, `update ${table} set "${name}" = "${name}"`)]).toEqual([
        name,
        denied,
      ]);
  });
});

it.each([
  ['make a run', `insert into reconciliation_run default values`],
  ['find a break', `insert into break_record default values`],
  ['say that a break is smaller', `update break_record set amount = 1`],
  ['lift the stop that a break makes', `update break_record set over_limit = false`],
  ['say that runs are done', `update reconciliation_request set state = 'done'`],
  ['name the run behind an event', `insert into break_event (run_id) values (gen_random_uuid())`],
  ['tell other areas of something', `insert into outbox_event default values`],
])('the web role cannot %s', async (_what, sql) => {
  expect(await refusal('web', sql)).toBe(denied);
});

it.each([
  ['take a break', `update break_record set owner = 'p-x'`],
  ['write about a break', `insert into break_note default values`],
  ['sign about a break', `insert into break_statement default values`],
  ['say that a run comes to the same again', `insert into reconciliation_repeat default values`],
])('the worker role cannot %s', async (_what, sql) => {
  expect(await refusal('worker', sql)).toBe(denied);
});
