import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function refusal(sql: string): Promise<string | null> {
  try {
    await owner.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

async function columnOf(table: string): Promise<string> {
  const { rows } = await owner.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 limit 1`,
    [table],
  );
  return rows[0]?.name ?? '';
}

describe('rows that are evidence', () => {
  const tables = [
    'posting',
    'journal',
    'hold',
    'hold_resolution',
    'audit_entry',
    'deposit',
    'deposit_reversal',
    'bank_account',
    'bank_statement',
    'bank_entry',
    'bank_booking',
    'bank_statement_booked',
    'operation_statement',
    'genesis_statement',
    'roster_version',
    'policy_version',
    'party_adoption',
    'chain_identity',
    'register_case',
    'register_step',
    'custody_policy',
    'address_class',
    'rights_entitlement',
    'register_statement',
    'register_outcome',
    'loss_share',
    'loss_liability',
    'segregation_check',
    'ledger_close',
    'statement_batch',
    'statement_batch_end',
    'position_statement',
    'reconciliation_run',
    'reconciliation_repeat',
    'break_event',
    'break_statement',
    'break_closing_check',
    'ledger_correction_check',
    'ledger_correction_event',
    'ledger_correction_statement',
    'outbox_event',
    'outflow',
    'outflow_seen',
    'snapshot_request',
    'reserves_snapshot',
    'control_proof',
    'drill_run',
    'board_pack',
    'board_approval',
    'board_training',
    'register_submission',
  ];

  it.each(tables)(
    'in %s are neither changed, deleted nor truncated, not even by the owner',
    async (table) => {
      const column = await columnOf(table);
      expect(await refusal(`update ${table} set "${column}" = "${column}"`)).toBe('CS001');
      expect(await refusal(`delete from ${table}`)).toBe('CS001');
      expect(await refusal(`truncate ${table} cascade`)).toBe('CS001');
    },
  );

  it.each(tables)('in %s stay when ordinary triggers are off, as in a replica', async (table) => {
    await owner.query('set session_replication_role = replica');
    try {
      expect(await refusal(`delete from ${table}`)).toBe('CS001');
    } finally {
      await owner.query('set session_replication_role = origin');
    }
  });
});

it.each([
  'operation',
  'account',
  'chain_transaction',
  'client',
  'mpc_key',
  'vault',
  'genesis',
  'ledger_correction',
  'deposit_moved',
  'chain_decision',
])('rows of %s are never taken away, not even by the owner', async (table) => {
  expect(await refusal(`delete from ${table}`)).toBe('CS001');
  expect(await refusal(`truncate ${table} cascade`)).toBe('CS001');
});

describe('what is used once', () => {
  it.each([
    [
      'challenge',
      'consumed_at',
      `insert into challenge (nonce, purpose, document, payload, challenge, expires_at)
      values ('n', 'sign-in', '', '{}', 'c', now() + interval '1 minute')`,
    ],
    [
      'login_ticket',
      'used_at',
      `insert into login_ticket (token_hash, operator_id, credential_id, expires_at)
      values ('\\x01', 'p-a', 'c', now() + interval '1 minute')`,
    ],
  ])('a row of %s is used once and stays used', async (table, column, insert) => {
    await owner.query(insert);
    expect(await refusal(`update ${table} set ${column} = now()`)).toBeNull();
    expect(await refusal(`update ${table} set ${column} = null`)).toBe('CS002');
    expect(await refusal(`update ${table} set ${column} = now()`)).toBe('CS002');
  });
});
