/** The records' second wall: what a program with the web role's rights can't do, whatever it tries. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { sealedSample } from '#lib/platform/db/testing/sealed-sample.ts';
import { auditSql } from '../testing/audit-sql.ts';

let database: TestDatabase;
let web: pg.Client;
let worker: pg.Client;
let owner: pg.Client;

const one = '11111111-1111-4111-8111-111111111111';
const two = '22222222-2222-4222-8222-222222222222';

beforeAll(async () => {
  database = await createTestDatabase();
  [web, worker, owner] = (await Promise.all(
    (['web', 'worker', 'owner'] as const).map(async (role) => {
      const client = new pg.Client({ connectionString: database.urls[role] });
      await client.connect();
      return client;
    }),
  )) as [pg.Client, pg.Client, pg.Client];
  await owner.query(`insert into operator (id, roles, status) values
    ('p-aaaaaaaaaa', '{manager}', 'active')`);
});
afterAll(async () => {
  await Promise.all([web.end(), worker.end(), owner.end()]);
  await database.drop();
});

async function refusal(sql: string, client = web): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}
async function together(sql: string, client = web): Promise<string | null> {
  const code = await refusal(`begin; ${sql}; commit`, client);
  if (code !== null) await client.query('rollback');
  return code;
}

const record = (id: string, by = 'p-aaaaaaaaaa', kind = 'function', at = 'now()') =>
  `insert into resilience_record (id, kind, created_by, created_at) values ('${id}', '${kind}', '${by}', ${at})`;
const versionAlone = (
  of: string,
  number: number,
  {
    ref = of.slice(0, 4),
    links = '[]',
    by = 'p-aaaaaaaaaa',
    facts = '{"name": "x"}',
    at = 'now()',
  } = {},
) =>
  `insert into resilience_version (record_id, version, ref, facts, links, retired, written_by, written_at)
     values ('${of}', ${number}, '${ref}', '${facts}', '${links}', false, '${by}', ${at})`;
const entry = (of: string, kind: string, { by = 'p-aaaaaaaaaa', facts = `'{}'::jsonb` } = {}) =>
  auditSql({
    kind,
    subject: `select number from resilience_current where record_id = '${of}'`,
    actor: `'${by}'`,
    facts,
  });
/** With its entry in the audit trail, in the same transaction. */
const version: typeof versionAlone = (of, number, given) =>
  `${versionAlone(of, number, given)}; ${entry(of, 'resilience-recorded', {
    ...(given?.by === undefined ? {} : { by: given.by }),
    facts: `jsonb_build_object('version', ${number})`,
  })}`;
const text = (of: string, number: number, field = 'reason') =>
  `insert into resilience_text (record_id, version, field, sealed, commitment)
     values ('${of}', ${number}, '${field}', ${sealedSample},
       encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'))`;

describe('records and versions', () => {
  it('come together, numbered by the database', async () => {
    expect(await refusal(record(one))).toBe('CS003');
    expect(
      await refusal(
        record(one, 'p-aaaaaaaaaa', 'provider')
          .replace('(id, kind', '(number, id, kind')
          .replace("values ('", "values ('PV-2026-999999', '"),
      ),
    ).toBe('42501');
    expect(await together(`${record(one)}; ${version(one, 1)}`)).toBeNull();
    const { rows } = await web.query<{ number: string; version: number }>(
      'select number, version from resilience_current',
    );
    expect(rows).toEqual([
      { number: expect.stringMatching(/^FN-\d{4}-\d{6}$/) as string, version: 1 },
    ]);
    expect(await together(`${record(two, 'p-aaaaaaaaaa', 'other')}; ${version(two, 1)}`)).toBe(
      'CS002',
    );
  });

  it('follow one another, and none is changed or removed', async () => {
    expect(await refusal(version(one, 1))).toBe('CS002');
    expect(await refusal(version(one, 3))).toBe('CS002');
    expect(await refusal(versionAlone(one, 2))).toBe('CS003');
    expect(await refusal(`${versionAlone(one, 2)}; ${entry(one, 'resilience-recorded')}`)).toBe(
      'CS003',
    );
    expect(await refusal(version(one, 2))).toBeNull();
    for (const sql of [
      `update resilience_version set facts = '{}'`,
      `delete from resilience_version`,
      `update resilience_record set kind = 'risk'`,
      `delete from resilience_record`,
      `update resilience_current set facts = '{}'`,
      `delete from resilience_current`,
      `insert into resilience_current default values`,
      `insert into resilience_link (from_id, field, to_id) values ('${one}', 'x', '${one}')`,
      `delete from resilience_link`,
    ]) {
      expect([sql, await refusal(sql)]).toEqual([sql, '42501']);
      expect([sql, await refusal(sql, worker)]).toEqual([sql, '42501']);
    }
    expect(await refusal(`update resilience_version set facts = '{}'`, owner)).toBe('CS001');
    expect(await refusal('delete from resilience_current', owner)).toBe('CS001');
  });

  it('are written now, by the web server for people and by the worker for the console', async () => {
    const both = (by: string, at = 'now()') =>
      `${record(two, by, 'function', at)}; ${version(two, 1, { by, at })}`;
    expect(await together(both('p-bbbbbbbbbb'))).toBe('CS002');
    expect(await together(both('system'))).toBe('CS002');
    expect(await together(both('p-aaaaaaaaaa'), worker)).toBe('CS002');
    expect(await together(both('p-aaaaaaaaaa', `now() - interval '1 day'`))).toBe('CS002');
    expect(await refusal(version(one, 3, { at: `now() - interval '1 day'` }))).toBe('CS002');
    expect(await together(both('system'), worker)).toBeNull();
  });

  it('are bounded', async () => {
    const big = `{"name": "${'x'.repeat(90_000)}"}`;
    expect(await refusal(version(one, 3, { facts: big }))).toBe('23514');
    expect(await refusal(version(one, 3, { facts: '[]' }))).toBe('23514');
  });

  it('two of a kind never have one name', async () => {
    expect(await refusal(version(one, 3, { ref: two.slice(0, 4) }))).toBe('23505');
  });

  it('links are those of the newest version, and lead to records', async () => {
    const links = (to: string) => `[{"field": "uses.function", "to": "${to}"}]`;
    const linked = async () =>
      (await web.query<{ to: string }>('select to_id as to from resilience_link')).rows;
    expect(
      await refusal(version(one, 3, { links: links('99999999-9999-4999-8999-999999999999') })),
    ).toBe('23503');
    expect(await refusal(version(one, 3, { links: links(two) }))).toBeNull();
    expect(await linked()).toEqual([{ to: two }]);
    expect(await refusal(version(one, 4))).toBeNull();
    expect(await linked()).toEqual([]);
  });

  it('are written at read committed only, where a guard sees what was committed while it waited', async () => {
    const code = await refusal(`begin isolation level serializable; ${version(one, 5)}; commit`);
    await web.query('rollback');
    expect(code).toBe('25001');
  });
});

describe('texts', () => {
  const before = (number: number) => `${version(one, number)}; ${text(one, number)}`;

  it('come in the transaction of their version, so nothing is put under another’s name later', async () => {
    expect(await refusal(text(one, 3))).toBe('CS002');
    expect(await refusal(text(one, 4))).toBe('CS002');
    expect(await together(before(5))).toBeNull();
    expect(await refusal(text(one, 5, 'other'))).toBe('CS002');
    expect(await together(`${before(6)}; ${text(one, 6)}`)).toBe('23505');
    const bare = text(one, 6, 'other').replace(`repeat('01', 63)`, `repeat('01', 20)`);
    expect(await together(`${before(6)}; ${bare}`)).toBe('23514');
  });

  it('are erased once, whole and now, in the sight of the audit trail, and never removed', async () => {
    expect(
      await refusal(`update resilience_text set sealed = decode(repeat('02', 80), 'hex')`),
    ).toBe('CS002');
    expect(await refusal(`update resilience_text set commitment = commitment`)).toBe('42501');
    const erase = (at = 'now()') => `update resilience_text set sealed = null, erased_at = ${at}`;
    const told = (by?: string) => entry(one, 'resilience-text-erased', by ? { by } : {});
    expect(await refusal(erase(), worker)).toBe('42501');
    expect(await refusal(erase(`'2020-01-01'`))).toBe('CS002');
    expect(await refusal(erase())).toBe('CS003');
    expect(await refusal(`${erase()}; ${told('system')}`)).toBe('CS003');
    expect(await refusal(told())).toBeNull();
    expect(await refusal(erase())).toBe('CS003');
    expect(await refusal(`${erase()}; ${told()}`)).toBeNull();
    expect(await refusal(`${erase()}; ${told()}`)).toBe('CS002');
    expect(await refusal('delete from resilience_text')).toBe('42501');
    expect(await refusal('delete from resilience_text', owner)).toBe('CS001');
  });
});

it('two writers of one record stand in line, and the second is refused', async () => {
  const other = new pg.Client({ connectionString: database.urls.web });
  await other.connect();
  try {
    await web.query('begin');
    await web.query(version(one, 6));
    const second = refusal(version(one, 6), other);
    await web.query('commit');
    expect(await second).toBe('CS002');
  } finally {
    await other.end();
  }
});
