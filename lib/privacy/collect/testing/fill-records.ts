/**
 * Records of very many clients, as they stand there, for tests of plans. Guards and
 * bounds go: the database is thrown away.
 */
import type { Database } from '#lib/platform/db/client.ts';

const client = `'C-' || (100000000 + n)`;
const person = `'ps-' || lpad(translate(to_hex(n), '0189', 'ghij'), 16, 'z')`;
const uuid = (what: string) => `md5('${what}' || n)::uuid`;

/** One record of each kind for each client and person; `n` is the client's number. */
const records: Readonly<Record<string, string>> = {
  account: `(id, kind, asset, client_id) select 'client/' || ${client} || '/SOL', 'client', 'SOL', ${client}`,
  journal: `(id, idempotency_key, kind, content_digest) select n, 'key ' || n, 'deposit', md5(n::text)`,
  posting: `(journal_id, line, account_id, asset, amount, balance)
    select n, 1, 'client/' || ${client} || '/SOL', 'SOL', -1, -1`,
  operation: `(id, number, kind, intent, digest, state, raised_by, roster_version, policy_version, policy_rule, needs,
      expires_at, client_id)
    select ${uuid('operation')}, 'WD-2026-' || lpad(n::text, 7, '0'), 'withdrawal', '{}', md5(n::text), 'settled',
      'p-aaaaaaaaaa', 1, 1, 'rule', '{}', now(), ${client}`,
  operation_statement: `(operation_id, person_id, decision, attempt, document, assertion, credential_id)
    select ${uuid('operation')}, 'p-' || lpad(translate(to_hex(n % 300), '0189', 'ghij'), 10, 'a'), 'approve', 1, '{}', '{}', 'x'`,
  destination: `(id, client_id, chain, asset, address, label, class, state, expires_at)
    select 'destination-' || n, ${client}, 'solana:sandbox', 'SOL', 'address ' || n, 'x', 'exchange', 'listed', now()`,
  register_case: `(id, register, number, client_id, opened_by, opened_at, facts)
    select ${uuid('case')}, 'complaint', 'CO-2026-' || lpad(n::text, 7, '0'), ${client}, 'p-aaaaaaaaaa', now(), '{}'`,
  register_step: `(case_id, seq, step, actor, at, facts) select ${uuid('case')}, 1, 'acknowledged', 'p-aaaaaaaaaa', now(), '{}'`,
  position_statement: `(id, client_id, reason, period_from, period_to, closed_at, last_journal, movements, pending,
      content_digest, pdf_digest, csv_digest, issued_by, issued_at)
    select ${uuid('statement')}, ${client}, 'request', now() - interval '1 day', now(), now(), 0, 0, '[]', md5(n::text) || md5(n::text),
      md5(n::text) || md5(n::text), md5(n::text) || md5(n::text), 'worker', now()`,
  person_look: `(person_id, by, purpose, reference, fields, at)
    select ${person}, 'p-aaaaaaaaaa', 'complaint', 'CO-2026-1', array['email'], now()`,
  person_mention: `(person_id, of_table, commitment) select ${person}, 'operation_note', md5(n::text) || md5(n::text)`,
  privacy_request_standing: `(request_id, number, "right", channel, received_at, seq, state, person_id)
    select ${uuid('request')}, 'DSR-2026-' || lpad(n::text, 7, '0'), 'access', 'desk', now(), 1, 'received', ${person}`,
  person_restriction: `(id, person_id, request_id, fields, ground, allows, since, set_by)
    select ${uuid('restriction')}, ${person}, ${uuid('request')}, '{}', 'accuracy', '{}', now(), 'p-aaaaaaaaaa'`,
  person_consent: `(person_id, field, version, register, wording, given_at, way, recorded_at, recorded_by)
    select ${person}, 'marketing-consent', 1, 'CN-1', '1', now(), 'form', now(), 'p-aaaaaaaaaa'`,
  person_stop: `(person_id, what, at, why, stopped_by) select ${person}, 'marketing', now(), 'objected', 'p-aaaaaaaaaa'`,
  person_correction: `(id, person_id, fields, proposed_by, proposed_at, outcome)
    select ${uuid('correction')}, ${person}, array['email'], 'p-aaaaaaaaaa', now(), 'made'`,
  privacy_request: `(id, number, key_id, "right", channel, received_at, opened_at, opened_by)
    select ${uuid('request')}, 'DSR-2026-' || lpad(n::text, 7, '0'), 'key ' || n, 'access', 'desk', now(), now(), 'p-aaaaaaaaaa'`,
  privacy_request_event: `(request_id, seq, kind, actor, at, facts)
    select md5('request' || ((n + 1) / 2))::uuid, 1 + (n + 1) % 2, case n % 2 when 1 then 'opened' else 'file-added' end,
      'p-aaaaaaaaaa', now(), case n % 2 when 1 then '{"forAnother": false}'::jsonb
        else '{"mediaType": "text/plain", "size": 1}'::jsonb end`,
  privacy_breach: `(id, number, key_id, opened_at, opened_by)
    select ${uuid('breach')}, 'PDB-2026-' || lpad(n::text, 7, '0'), 'breach key ' || n, now(), 'p-aaaaaaaaaa'`,
  privacy_breach_event: `(breach_id, seq, kind, actor, at, facts)
    select ${uuid('breach')}, 1, 'opened', 'p-aaaaaaaaaa', now(), '{}'`,
  privacy_breach_person: `(breach_id, person_id, seq) select ${uuid('breach')}, ${person}, 1`,
  privacy_breach_taken_off: `(breach_id, person_id, seq) select ${uuid('breach')}, ${person}, 1`,
  incident_link: `(incident_id, kind, ref, seq) select ${uuid('incident')}, 'operation', 'WD-2026-' || lpad(n::text, 7, '0'), 1`,
};

/** Tables that are large here; whatever else is read may be small. */
export const largeTables: readonly string[] = [
  ...Object.keys(records),
  'client',
  'person',
  'person_tie',
  'person_value',
  'person_hash',
];

/** @param owner the owner's client. @param count as many as `fillPeople` made. */
export async function fillRecords(owner: Database, count: number): Promise<void> {
  for (const [table, insert] of Object.entries(records)) {
    await owner.$executeRawUnsafe(`alter table ${table} disable trigger all`);
    const checks = await owner.$queryRawUnsafe<{ name: string }[]>(
      `select conname as name from pg_constraint where contype = 'c' and conrelid = '${table}'::regclass`,
    );
    for (const { name } of checks)
      await owner.$executeRawUnsafe(`alter table ${table} drop constraint "${name}"`);
    await owner.$executeRawUnsafe(
      `insert into ${table} ${insert} from generate_series(1, ${Math.trunc(count)}) n`,
    );
    await owner.$executeRawUnsafe(`vacuum (analyze) ${table}`);
  }
}
