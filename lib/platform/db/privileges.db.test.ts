import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { tables } from './testing/tables.ts';

let database: TestDatabase;
const clients = new Map<string, pg.Client>();

beforeAll(async () => {
  database = await createTestDatabase();
  for (const role of ['web', 'worker', 'owner'] as const) {
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
  const client = clients.get(role);
  if (!client) throw new Error(`No client for ${role}`);
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

const denied = '42501';
const ledgerTables = [
  'account',
  'journal',
  'posting',
  'hold',
  'hold_resolution',
  'ledger_close',
] as const;

it('the tests below cover every table there is', async () => {
  const { rows } = (await clients
    .get('owner')
    ?.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
    )) ?? { rows: [] };
  expect(rows.map(({ name }) => name).sort()).toEqual([...tables].sort());
});

describe.each(['web', 'worker'])('the %s role', (role) => {
  // What the worker may delete of people it deletes only behind an entry in the trail: lib/persons/guards.db.test.ts.
  const mayDelete =
    role === 'worker'
      ? [
          'chain_block',
          'chain_lease',
          'challenge',
          'login_ticket',
          'client_proof',
          'deposit_pending',
          'data_key_unowned',
          'person_erasure_witness',
          'person_hash',
          'person_mention',
          'person_value',
          'privacy_breach_person',
          'privacy_breach_taken_off',
          'privacy_breach_told',
          'privacy_package_part',
          'privacy_request_search',
          'text_key_due',
        ]
      : [];

  it.each(tables.filter((table) => !mayDelete.includes(table)))(
    'cannot delete from %s',
    async (table) => {
      expect(await refusal(role, `delete from ${table}`)).toBe(denied);
    },
  );

  it.each(tables)('cannot truncate %s', async (table) => {
    expect(await refusal(role, `truncate ${table} cascade`)).toBe(denied);
  });

  // Where somebody's data are blacked out, behind an entry in the trail: lib/persons/texts/redact.db.test.ts.
  const mayBlackOut = role === 'worker' ? ['sealed', 'redacted'] : [];
  it.each(['operation_note', 'break_note', 'ledger_correction_note', 'bank_entry_text'])(
    'cannot change a text of %s, and the worker only blacks out',
    async (table) => {
      const { rows } = (await clients
        .get('owner')
        ?.query<{ name: string }>(
          `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
          [table],
        )) ?? { rows: [] };
      expect(rows.length).toBeGreaterThan(2);
      for (const { name } of rows.filter(({ name: one }) => !mayBlackOut.includes(one)))
        expect([name, await refusal(role, `update ${table} set "${name}" = "${name}"`)]).toEqual([
          name,
          denied,
        ]);
    },
  );

  it.each(ledgerTables)('cannot write %s by hand', async (table) => {
    expect(await refusal(role, `insert into ${table} default values`)).toBe(denied);
    const { rows } = (await clients
      .get('owner')
      ?.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      )) ?? { rows: [] };
    expect(rows.length).toBeGreaterThan(0);
    for (const { name } of rows)
      expect([name, await refusal(role, `update ${table} set "${name}" = "${name}"`)]).toEqual([
        name,
        denied,
      ]);
  });

  it.each([
    'access_review',
    'audit_entry',
    'operation_statement',
    'genesis_statement',
    'roster_version',
    'policy_version',
    'party_adoption',
    'bank_account',
    'bank_statement',
    'bank_entry',
    'bank_booking',
    'bank_statement_booked',
    'register_case',
    'register_step',
    'register_statement',
    'register_outcome',
    'custody_policy',
    'address_class',
    'rights_entitlement',
    'loss_share',
    'loss_liability',
    'segregation_check',
    'revocation',
    'incident_record',
    'incident_operation',
    'signed_fact',
    'no_delivery',
    'statement_batch',
    'statement_batch_end',
    'position_statement',
    'resilience_record',
    'resilience_version',
    'resilience_current',
    'resilience_link',
    'resilience_tally',
    'resilience_pulse',
    'drill_run',
    'board_pack',
    'board_approval',
    'board_training',
    'register_submission',
  ])('cannot change a row of %s', async (table) => {
    const { rows } = (await clients
      .get('owner')
      ?.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      )) ?? { rows: [] };
    for (const { name } of rows)
      expect([name, await refusal(role, `update ${table} set "${name}" = "${name}"`)]).toEqual([
        name,
        denied,
      ]);
  });

  it.each([
    'id',
    'number',
    'kind',
    'intent',
    'digest',
    'raised_by',
    'raised_at',
    'client_id',
    'vault_id',
    'destination_id',
    'asset',
    'amount',
  ])('cannot touch the %s of an operation', async (column) => {
    expect(await refusal(role, `update operation set ${column} = ${column}`)).toBe(denied);
  });

  it.each([
    [
      'say which transaction an audit entry belongs to',
      `insert into audit_entry (kind, subject, actor, at, leaf, leaf_hash, xid) values ('a', 'b', 'c', now(), '', '', '1')`,
    ],
    [
      'number an audit entry',
      `insert into audit_entry (id, kind, subject, actor, at, leaf, leaf_hash) values (1, 'a', 'b', 'c', now(), '', '')`,
    ],
    ['read the migrations', 'select * from _prisma_migrations'],
    ['switch triggers off', `set session_replication_role = replica`],
    ['disable a trigger', 'alter table posting disable trigger all'],
    ['become the owner of the ledger', 'set role countersign_ledger'],
    [
      'become the other role',
      `set role ${role === 'web' ? 'countersign_worker' : 'countersign_web'}`,
    ],
    ['make a table', 'create table mine (id int)'],
    ['make a temporary table that hides another', 'create temporary table hold (id int)'],
    ['make a function', `create function mine() returns int language sql as 'select 1'`],
    ['make a schema', 'create schema mine'],
    ['make a role', 'create role mine'],
    [
      'replace a ledger function',
      `create or replace function ledger_void(uuid, text) returns text language sql as 'select ''voided'''`,
    ],
    ['wind a number back', `select setval('operation_number_wd', 1)`],
    ['open accounts behind the posting function', `select ledger_open_named('client/C-1/SOL')`],
    ['read files of the server', `select pg_read_file('postgresql.conf')`],
    ['make an empty large object', 'select lo_create(0)'],
    ['make a large object', `select lo_from_bytea(0, 'x')`],
    ['make one in the oldest way', 'select lo_creat(-1)'],
    ['fill the log that is kept ahead', `select pg_logical_emit_message(false, 'x', 'x')`],
    ['run programs on the server', `copy (select 1) to program 'true'`],
  ])('cannot %s', async (_what, sql) => {
    expect(await refusal(role, sql)).toBe(denied);
  });
});

describe('the web role', () => {
  it.each([
    [
      'post a journal',
      `select ledger_post('k', 'deposit', null, false, '{}', '{}', '', null, 'k', now(), '{}', '')`,
    ],
    ['renumber a correction that was raised', `update ledger_correction set number = 'LC-000009'`],
    ['change the lines of a correction', `update ledger_correction set document = ''`],
    ['prolong a correction', `update ledger_correction set expires_at = now()`],
    [
      'open an account',
      `select ledger_open_account('client/C-1/SOL', 'client', 'SOL', 'C-1', null)`,
    ],
    ['write a roster', `insert into roster_version (version, digest, document) values (9, '', '')`],
    ['write a policy', `insert into policy_version (version, digest, document) values (9, '', '')`],
    [
      'note an adoption',
      `insert into party_adoption (operation_id, party, receipt) values (gen_random_uuid(), 'control', '{}')`,
    ],
    ['lift a freeze', `update freeze_order set released_at = now()`],
    ['prolong a listing', `update destination set expires_at = now()`],
    ['end the cool-down of a destination', `update destination set cooled_at = now()`],
    [
      'say for a party that it heard a no',
      `insert into no_delivery (statement_id, party) values (1, 'control')`,
    ],
    [
      'report for a party',
      `insert into party_report (party, at, status) values ('control', now(), '{}')`,
    ],
    [
      'say how far an operation is',
      `insert into operation_progress (operation_id, at) values (gen_random_uuid(), now())`,
    ],
    ['change why an operation waits', `update operation_progress set wait = null`],
    ['say until when an operation waits', `update operation set waiting_until = now()`],
    ['write a chain transaction', `insert into chain_transaction default values`],
    ['change a chain transaction', `update chain_transaction set txid = 'x'`],
    ['make a key', `insert into mpc_key default values`],
    [
      'choose the number of a statement',
      `insert into operation_statement (id, operation_id, person_id, decision, attempt, document, assertion, credential_id)
         values (1, gen_random_uuid(), 'p-x', 'raise', 1, '{}', '{}', 'x')`,
    ],
    ['make a vault', `insert into vault default values`],
    ['note an outflow', `insert into outflow default values`],
    ['make a snapshot', `insert into reserves_snapshot default values`],
    ['choose the seed of a snapshot', `insert into snapshot_seed default values`],
    ['make a client’s proof', `insert into client_proof (document) values ('{}')`],
    ['change a client’s proof', `update client_proof set document = '{}'`],
    ['keep a signature of control', `insert into control_proof default values`],
    ['credit a deposit', `insert into deposit default values`],
    ['say that an entry of a bank is booked', `insert into bank_booking default values`],
    ['say that a statement is booked', `insert into bank_statement_booked default values`],
    ['number a statement of a bank', `insert into bank_statement (id) values (1)`],
    ['say that a batch of statements is done', `insert into statement_batch_end default values`],
    ['take a nonce account', `update nonce_account set operation_id = null`],
    ['set something of a chain aside', `insert into chain_lease default values`],
    ['say whose an address is', `insert into vault_account default values`],
    ['say which block was seen', `insert into chain_block default values`],
    ['read the seed of a nonce account', `select * from nonce_seed`],
    ['plan a nonce account', `insert into nonce_seed default values`],
    ['say which chain is meant', `insert into chain_identity default values`],
    ['move the mark up to which own funds are booked', `update own_cursor set txid = 'x'`],
    ['give roles', `update operator set roles = array['administrator']`],
    ['change a group', `update operator set "group" = 'custody'`],
    ['exchange a public key', `update credential set public_key = ''`],
    ['redirect a destination', `update destination set address = 'elsewhere'`],
    [
      'forge a sign of life',
      `insert into heartbeat (name, at, detail) values ('worker', now(), '{}')`,
    ],
    ['say when genesis was pinned', `update genesis set pinned_at = now()`],
    ['change a genesis document', `update genesis set document = ''`],
    ['prolong a session', `update session set expires_at = now()`],
    ['prolong an invitation', `update invitation set expires_at = now()`],
    ['change what a challenge is for', `update challenge set document = ''`],
  ])('cannot %s', async (_what, sql) => {
    expect(await refusal('web', sql)).toBe(denied);
  });

  it.each(['postgres', 'template1'])('gets no connection to the database %s', async (name) => {
    const url = new URL(database.urls.web);
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: denied });
  });

  it('can ask for a hold', async () => {
    expect(
      await refusal(
        'web',
        `select ledger_hold(gen_random_uuid(), gen_random_uuid(), 'client/C-1/SOL', 1)`,
      ),
    ).toBeNull();
  });
});

describe('the worker role', () => {
  it.each([
    ['say that a person saw an outflow', `insert into outflow_seen default values`],
    ['ask for a snapshot in a person’s name', `insert into snapshot_request default values`],
    [
      'ask for a hold',
      `select ledger_hold(gen_random_uuid(), gen_random_uuid(), 'client/C-1/SOL', 1)`,
    ],
    ['raise an operation', `insert into operation default values`],
    ['raise a correction', `insert into ledger_correction default values`],
    ['sign a correction', `insert into ledger_correction_statement default values`],
    ['approve a correction', `update ledger_correction set state = 'approved'`],
    [
      'post a correction',
      `select ledger_post_correction(gen_random_uuid(), 'p-x', '', now(), '', '')`,
    ],
    ['record a statement', `insert into operation_statement default values`],
    ['sign a person in', `insert into session default values`],
    ['make a login ticket', `insert into login_ticket default values`],
    ['invite a person', `insert into invitation default values`],
    ['read invitations', `select * from invitation`],
    ['make a person', `insert into operator default values`],
    ['register a key', `insert into credential default values`],
    ['exchange a public key', `update credential set public_key = ''`],
    ['start a new attempt', `update operation set attempt = attempt + 1`],
    ['lower what an operation needs', `update operation set needs = '[]'`],
    ['redirect a destination', `update destination set address = 'elsewhere'`],
    ['propose a destination', `insert into destination default values`],
    [
      'freeze something',
      `insert into freeze_order (operation_id, scope, frozen_at, frozen_by)
         values (gen_random_uuid(), 'everything', now(), 'p-x')`,
    ],
    ['revoke a key', `insert into revocation default values`],
    ['import a statement of a bank', `insert into bank_statement default values`],
    ['make an entry of a bank', `insert into bank_entry default values`],
    ['put a bank account on record', `insert into bank_account default values`],
    ['tie an operation to an incident', `insert into incident_operation default values`],
    ['write a draft of a policy', `insert into policy_draft default values`],
    ['shorten the wait of an operation', `update operation set delay_seconds = 0`],
    ['drop the second channel', `update operation set second_channel = false`],
    ['exchange the seed of a nonce account', `update nonce_seed set seed = 'x'`],
    ['mean another chain', `update chain_identity set genesis_hash = 'x'`],
    ['change a vault', `update vault set address = 'elsewhere'`],
    ['change a message once built', `update chain_transaction set message = ''`],
    ['change a genesis document', `update genesis set document = ''`],
  ])('cannot %s', async (_what, sql) => {
    expect(await refusal('worker', sql)).toBe(denied);
  });

  it('removes challenges and tickets only once they have expired', async () => {
    const owner = clients.get('owner');
    await owner?.query(`insert into challenge (nonce, purpose, document, payload, challenge, created_at, expires_at) values
      ('old', 'sign-in', '', '{}', 'a', now() - interval '2 hours', now() - interval '1 hour'),
      ('new', 'sign-in', '', '{}', 'b', now(), now() + interval '1 hour')`);
    expect(await refusal('worker', 'delete from challenge')).toBe('CS002');
    expect(await refusal('worker', 'delete from challenge where expires_at < now()')).toBeNull();
    const { rows } = (await owner?.query<{ nonce: string }>('select nonce from challenge')) ?? {
      rows: [],
    };
    expect(rows).toEqual([{ nonce: 'new' }]);
  });
});
