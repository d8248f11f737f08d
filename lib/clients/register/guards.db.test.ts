/** The registers' second wall: what a program with the web role's rights can't do, whatever it tries. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';

let database: TestDatabase;
let web: pg.Client;
let owner: pg.Client;

const caseId = '11111111-1111-4111-8111-111111111111';
const event = '22222222-2222-4222-8222-222222222222';
const loss = '33333333-3333-4333-8333-333333333333';

beforeAll(async () => {
  database = await createTestDatabase();
  [web, owner] = (await Promise.all(
    (['web', 'owner'] as const).map(async (role) => {
      const client = new pg.Client({ connectionString: database.urls[role] });
      await client.connect();
      return client;
    }),
  )) as [pg.Client, pg.Client];
  await owner.query(`
    insert into operator (id, display_name, roles, status) values
      ('p-aaaaaaaaaa', 'One', '{officer}', 'active'), ('p-bbbbbbbbbb', 'Two', '{officer}', 'active');
    insert into client (id) values ('C-1001')`);
  await web.query(`
    insert into register_case (id, register, number, client_id, opened_by, opened_at, facts) values
      ('${caseId}', 'complaint', 'CO-2026-000001', 'C-1001', 'p-aaaaaaaaaa', now(), '{}'),
      ('${event}', 'rights-event', 'RE-2026-000001', null, 'p-aaaaaaaaaa', now(), '{"receivedUnits": "5"}'),
      ('${loss}', 'loss', 'LC-2026-000001', null, 'p-aaaaaaaaaa', now(), '{"valueCents": "100"}')`);
});
afterAll(async () => {
  await Promise.all([web.end(), owner.end()]);
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

const step = (of: string, seq: number, name: string, actor: string, facts = '{}') =>
  `insert into register_step (case_id, seq, step, actor, at, facts)
     values ('${of}', ${seq}, '${name}', '${actor}', now(), '${facts}')`;

describe('steps', () => {
  it('follow the register’s own order, one after the other, and two people decide', async () => {
    expect(await refusal(step(caseId, 1, 'decided', 'p-bbbbbbbbbb'))).toBe('CS002');
    expect(await refusal(step(caseId, 2, 'acknowledged', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await refusal(step(caseId, 1, 'acknowledged', 'p-aaaaaaaaaa'))).toBeNull();
    expect(await refusal(step(caseId, 2, 'decided', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await refusal(step(caseId, 2, 'decided', 'p-bbbbbbbbbb'))).toBeNull();
    expect(await refusal(step(caseId, 3, 'decided', 'p-bbbbbbbbbb'))).toBe('CS002');
    expect(await refusal(step(caseId, 3, 'ended', 'p-bbbbbbbbbb'))).toBe('CS002');
  });

  it('a loss: no liability over the value, and exactly what was proposed is accepted by another', async () => {
    const over = '{"verdict": "attributable", "liabilityCents": "101"}';
    const whole = '{"verdict": "attributable", "liabilityCents": "100"}';
    const outside = '{"verdict": "outside-control", "liabilityCents": "1"}';
    expect(await refusal(step(loss, 1, 'proposed', 'p-aaaaaaaaaa', over))).toBe('CS002');
    expect(await refusal(step(loss, 1, 'proposed', 'p-aaaaaaaaaa', outside))).toBe('CS002');
    expect(await refusal(step(loss, 1, 'proposed', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await refusal(step(loss, 1, 'proposed', 'p-bbbbbbbbbb', whole))).toBeNull();
    expect(await refusal(step(loss, 2, 'accepted', 'p-bbbbbbbbbb', whole))).toBe('CS002');
    expect(await refusal(step(loss, 2, 'accepted', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await refusal(step(loss, 2, 'accepted', 'p-aaaaaaaaaa', whole))).toBeNull();
  });
});

describe('shares of a rights event', () => {
  const share = (
    units: number,
  ) => `insert into rights_entitlement (case_id, account_id, position, amount, goes_to)
    values ('${event}', 'client/C-1001/SOL', 1, ${units}, 'client')`;

  it('come whole, with their step, and none is added later', async () => {
    await owner.query(
      `insert into account (id, kind, asset, client_id) values ('client/C-1001/SOL', 'client', 'SOL', 'C-1001')`,
    );
    expect(await refusal(`begin; ${share(5)}; commit`)).toBe('CS002');
    await web.query('rollback');
    const determined = step(event, 1, 'determined', 'p-bbbbbbbbbb');
    expect(await refusal(`begin; ${share(4)}; ${determined}; commit`)).toBe('CS003');
    await web.query('rollback');
    expect(await refusal(`begin; ${share(5)}; ${determined}; commit`)).toBeNull();
    expect(await refusal(share(0).replace('C-1001', 'C-1001'))).toBe('CS002');
  });
});

describe('texts', () => {
  const text = (version: number) => `insert into register_text
    (case_id, seq, kind, version, text, salt, commitment, written_by, written_at)
    values ('${caseId}', 0, 'subject', ${version}, 'x', '\\x01', encode(sha256('\\x01'::bytea || 'x'::bytea), 'hex'), 'p-aaaaaaaaaa', now())`;
  const erase = `update register_text set text = null, salt = null, erased_at = now() where version = 1`;

  it('are corrected by a newer version, erased once and whole, and never removed', async () => {
    expect(await refusal(text(2))).toBe('CS002');
    expect(await refusal(text(1))).toBeNull();
    expect(await refusal(text(2))).toBeNull();
    expect(await refusal(`update register_text set text = 'y'`)).toBe('CS002');
    expect(await refusal(`update register_text set commitment = commitment`)).toBe('42501');
    expect(await refusal(erase)).toBeNull();
    expect(await refusal(erase)).toBe('CS002');
    expect(await refusal('delete from register_text', owner)).toBe('CS001');
  });

  it('a commitment that is not of its text is refused', async () => {
    const false_ = text(3).replace(`'x', '\\x01'`, `'z', '\\x01'`);
    expect(await refusal(false_)).toBe('23514');
  });
});

it('an address has one owner class: it is not registered twice, nor against what is on record', async () => {
  await owner.query(`
    insert into own_cursor (chain, address, txid) values ('solana:sandbox', 'Fees', 'x')`);
  const classed = (address: string, ownerClass: string) =>
    `insert into address_class (chain, address, owner_class, recorded_by, recorded_at)
       values ('solana:sandbox', '${address}', '${ownerClass}', 'p-aaaaaaaaaa', now())`;
  expect(await refusal(classed('Fees', 'client-omnibus'))).toBe('CS002');
  expect(await refusal(classed('Other', 'client-omnibus'))).toBeNull();
  expect(await refusal(classed('Other', 'own'))).toBe('23505');
  expect(await refusal(classed('One', 'client-segregated'))).toBe('23514');
});

it('the worker keeps none of these registers', async () => {
  const worker = new pg.Client({ connectionString: database.urls.worker });
  await worker.connect();
  try {
    for (const table of ['register_case', 'register_step', 'register_text', 'address_class'])
      expect(await refusal(`select * from ${table}`, worker)).toBe('42501');
  } finally {
    await worker.end();
  }
});
