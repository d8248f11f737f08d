/** The vault's second wall: what a program with the rights of the web server or the worker can't do to people's data. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';

let database: TestDatabase;
let web: pg.Client;
let worker: pg.Client;

const person = 'ps-aaaaaaaaaaaaaaaa';
const key = 'ab'.repeat(16);
const erasure = '0b9d1c52-7c1e-4c7e-9f51-0a6f3f0f1c11';
const sealedUnder = (id: string): string =>
  Buffer.concat([Buffer.of(1), Buffer.from(id, 'hex'), randomBytes(60)]).toString('hex');

beforeAll(async () => {
  database = await createTestDatabase();
  [web, worker] = (await Promise.all(
    (['web', 'worker'] as const).map(async (role) => {
      const client = new pg.Client({ connectionString: database.urls[role] });
      await client.connect();
      return client;
    }),
  )) as [pg.Client, pg.Client];
  await web.query(
    `insert into person (id, key_id, created_at, created_by) values ($1, $2, now(), 'system')`,
    [person, key],
  );
  await web.query(value(1));
  await web.query(`insert into person_hash (kind, hash, person_id) values ('name', $1, $2)`, [
    randomBytes(16),
    person,
  ]);
});
afterAll(async () => {
  await Promise.all([web.end(), worker.end()]);
  await database.drop();
});

const value = (version: number, under = key, of = person): string =>
  `insert into person_value (person_id, field, version, sealed, origin, recorded_at, recorded_by)
   values ('${of}', 'full-name', ${version}, '\\x${sealedUnder(under)}', 'provided', now(), 'system')`;

async function refusal(client: pg.Client, sql: string): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

describe('the web server', () => {
  it.each([
    ['delete a value', 'delete from person_value', '42501'],
    ['delete a search hash', 'delete from person_hash', '42501'],
    ['change a value', `update person_value set field = 'email'`, '42501'],
    ['erase somebody', `update person set erased_at = now(), key_id = null`, '42501'],
    ['take somebody’s key away', `update person set key_id = null`, '42501'],
    ['unwrite a look', 'delete from person_look', '42501'],
    ['jump a version', value(3), 'CS002'],
    ['keep what is sealed under another key', value(2, 'cd'.repeat(16)), 'CS002'],
    [
      'keep what is not sealed',
      `insert into person_value values ('${person}', 'email', 1, 'anna@example.org', 'provided', now(), 'system')`,
      'CS002',
    ],
    [
      'let somebody begin as erased',
      `insert into person (id, created_at, created_by, erased_at) values ('ps-bbbbbbbbbbbbbbbb', now(), 'system', now())`,
      'CS002',
    ],
    [
      'give two people one key',
      `insert into person (id, key_id, created_at, created_by) values ('ps-bbbbbbbbbbbbbbbb', '${key}', now(), 'system')`,
      '23505',
    ],
  ])('can not %s', async (_, sql, code) => {
    expect(await refusal(web, sql)).toBe(code);
  });
});

it('keys belong to one row for ever: a person gets none of a request, and a request none of a person', async () => {
  const other = 'cd'.repeat(16);
  const request = (number: string, under: string): string =>
    `insert into privacy_request (id, number, key_id, "right", channel, received_at, opened_at, opened_by)
     values (gen_random_uuid(), '${number}', '${under}', 'access', 'desk', now(), now(), 'system')`;
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  try {
    await owner.query('alter table privacy_request disable trigger numbered');
    await owner.query('alter table privacy_request disable trigger opened');
    expect(await refusal(owner, request('DSR-2026-000901', key))).toBe('CS002');
    expect(await refusal(owner, request('DSR-2026-000902', other))).toBe(null);
  } finally {
    await owner.end();
  }
  expect(
    await refusal(
      web,
      `insert into person (id, key_id, created_at, created_by) values ('ps-bbbbbbbbbbbbbbbb', '${other}', now(), 'system')`,
    ),
  ).toBe('CS002');
});

describe('the worker', () => {
  it('deletes nothing of a person before the erasure is in the trail', async () => {
    expect(await refusal(worker, `delete from person_value where person_id = '${person}'`)).toBe(
      'CS002',
    );
    expect(await refusal(worker, `delete from person_hash where person_id = '${person}'`)).toBe(
      'CS002',
    );
  });

  it('erases nobody while values or search hashes stand', async () => {
    expect(
      await refusal(
        worker,
        `update person set key_id = null, erased_at = now() where id = '${person}'`,
      ),
    ).toBe('CS002');
  });

  it('erases whom the trail says by an erasure that is under way, and then nobody writes about them or brings them back', async () => {
    await inTransaction(database.connect('worker'), (tx) =>
      appendAudit(tx, {
        kind: 'person-erased',
        subject: person,
        actor: 'worker',
        at: new Date(),
        facts: {},
      }),
    );
    const gone = [
      `delete from person_value where person_id = '${person}'`,
      `delete from person_hash where person_id = '${person}'`,
      `update person set key_id = null, erased_at = now() where id = '${person}'`,
    ];
    for (const sql of gone) expect(await refusal(worker, sql)).toBe('CS002');
    await worker.query(`insert into person_erasure (id, person_id, cause, scope, fields, plan, state, queued_at)
      values ('${erasure}', '${person}', 'restore', 'whole', '{}', '${'ab'.repeat(32)}', 'due', now())`);
    for (const sql of gone) expect(await refusal(worker, sql)).toBe('CS002');
    await worker.query(`update person_erasure set state = 'swept', swept_at = now(), old_key = '${key}'
      where id = '${erasure}'`);
    for (const sql of gone) await worker.query(sql);
    expect(await refusal(web, value(1))).toBe('CS002');
    expect(
      await refusal(
        web,
        `insert into person_hash (kind, hash, person_id) values ('name', '\\x${'00'.repeat(16)}', '${person}')`,
      ),
    ).toBe('CS002');
    expect(
      await refusal(
        worker,
        `update person set key_id = '${'ef'.repeat(16)}', erased_at = null where id = '${person}'`,
      ),
    ).toBe('CS002');
    expect(await refusal(worker, `delete from person where id = '${person}'`)).toBe('42501');
  });
});
