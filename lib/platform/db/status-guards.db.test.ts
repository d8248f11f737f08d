import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase, type TestRole } from './testing/database.ts';

const roles: readonly TestRole[] = ['owner', 'web', 'worker'];
let database: TestDatabase;
const clients = new Map<TestRole, pg.Client>();

beforeAll(async () => {
  database = await createTestDatabase();
  for (const role of roles) {
    const client = new pg.Client({ connectionString: database.urls[role] });
    await client.connect();
    clients.set(role, client);
  }
});
afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.end()));
  await database.drop();
});

async function as(role: TestRole, sql: string): Promise<string | null> {
  try {
    await clients.get(role)?.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

const denied = '42501';
const noLegalChange = 'CS002';
let count = 0;
let id = '';
beforeEach(() => {
  count += 1;
  id = `p-aaaaaaaa${String.fromCodePoint(97 + (count % 26))}${String.fromCodePoint(97 + Math.floor(count / 26))}`;
});

const insertPerson = (status: string) =>
  `insert into operator (id, roles, status) values ('${id}', '{officer}', '${status}')`;
const insertKey = (status: string) =>
  `insert into credential (id, operator_id, public_key, sign_count, backup_eligible, backed_up, aaguid, format, attestation, label, status)
   values ('key-${id}', '${id}', '', 0, false, false, '', 'none', '', 'Key', '${status}')`;
const personBecomes = (status: string) =>
  `update operator set status = '${status}' where id = '${id}'`;
const keyBecomes = (status: string) =>
  `update credential set status = '${status}' where id = 'key-${id}'`;

describe('a person', () => {
  it('comes in invited and is made active by the worker only', async () => {
    for (const status of ['pending', 'active', 'suspended'])
      expect([status, await as('web', insertPerson(status))]).toEqual([status, denied]);
    expect(await as('web', insertPerson('invited'))).toBeNull();
    expect(await as('web', personBecomes('active'))).toBe(denied);
    expect(await as('web', personBecomes('pending'))).toBeNull();
    expect(await as('web', personBecomes('active'))).toBe(denied);
    expect(await as('web', personBecomes('invited'))).toBe(denied);
    expect(await as('worker', personBecomes('active'))).toBeNull();
  });

  it('is suspended by the web server, which cannot take that back', async () => {
    await as('owner', insertPerson('active'));
    expect(await as('web', personBecomes('suspended'))).toBeNull();
    for (const status of ['active', 'pending', 'invited'])
      expect([status, await as('web', personBecomes(status))]).toEqual([status, denied]);
  });
});

describe('a key', () => {
  it('comes in pending and is made active by the worker only', async () => {
    await as('owner', insertPerson('pending'));
    for (const status of ['active', 'revoked'])
      expect([status, await as('web', insertKey(status))]).toEqual([status, denied]);
    expect(await as('web', insertKey('pending'))).toBeNull();
    expect(await as('web', keyBecomes('active'))).toBe(denied);
    expect(await as('worker', keyBecomes('active'))).toBeNull();
    expect(await as('web', keyBecomes('pending'))).toBe(noLegalChange);
  });

  it.each(roles)('that was revoked stays so for the %s role', async (role) => {
    await as('owner', insertPerson('active'));
    await as('owner', insertKey('active'));
    expect(await as('web', keyBecomes('revoked'))).toBeNull();
    for (const status of ['active', 'pending'])
      expect([status, await as(role, keyBecomes(status))]).toEqual([status, noLegalChange]);
    expect(
      await as('web', `update credential set label = 'Old' where id = 'key-${id}'`),
    ).toBeNull();
  });
});

describe('genesis', () => {
  const digest = "encode(sha256(convert_to('" + 'D' + "', 'UTF8')), 'hex')";
  const becomes = (state: string) =>
    `update genesis set state = '${state}' where digest = ${digest}`;

  it('is signed by way of the web server, pinned by the worker, and stays pinned', async () => {
    const insert = (state: string) =>
      `insert into genesis (digest, document, state) values (${digest}, 'D', '${state}')`;
    for (const state of ['signed', 'pinned'])
      expect([state, await as('web', insert(state))]).toEqual([state, denied]);
    expect(await as('web', insert('collecting'))).toBeNull();
    expect(await as('web', becomes('pinned'))).toBe(denied);
    expect(await as('worker', becomes('pinned'))).toBe(denied);
    expect(await as('web', becomes('signed'))).toBeNull();
    expect(await as('web', becomes('collecting'))).toBe(denied);
    expect(await as('web', becomes('pinned'))).toBe(denied);
    expect(await as('worker', becomes('pinned'))).toBeNull();
    for (const role of ['web', 'worker'] as const)
      for (const state of ['collecting', 'signed'])
        expect([role, state, await as(role, becomes(state))]).toEqual([role, state, denied]);
    const later = `update genesis set created_at = now() + interval '1 day' where digest = ${digest}`;
    expect(await as('web', later)).toBe(denied);
    expect(
      await as('worker', `update genesis set pinned_at = now() where digest = ${digest}`),
    ).toBe(denied);
    expect(await as('owner', becomes('signed'))).toBeNull();
  });
});

describe('evidence', () => {
  const insert = (assertion: string) =>
    `insert into genesis_statement (digest, person_id, document, assertion) values ('d', '${id}', '{}', ${assertion})`;

  it('of a size that no key press has is not taken', async () => {
    expect(await as('web', insert(`to_jsonb(repeat('x', 70000))`))).toBe('23514');
    expect(await as('web', insert(`to_jsonb(repeat('x', 20000))`))).toBeNull();
  });
});
