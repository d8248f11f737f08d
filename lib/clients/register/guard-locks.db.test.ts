/** Guards that look at what others wrote: with two connections at once, and against clocks that are wrong. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks as closePosition } from '#lib/ledger/close-books.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { waitingForNamed } from '../testing/beside-guards.ts';
import { sealedSample } from '#lib/platform/db/testing/sealed-sample.ts';

let books: Books;
let one: pg.Client;
let two: pg.Client;
/** Facts of a step that shares out. */
let byBooks: string;

const event = '22222222-2222-4222-8222-222222222222';
const loss = '33333333-3333-4333-8333-33333333333a';
const fresh = '44444444-4444-4444-8444-444444444444';
const ada = 'p-aaaaaaaaaa';
const ben = 'p-bbbbbbbbbb';

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: books.database.urls.web });
  await client.connect();
  // A busy machine takes its time to see that somebody waits.
  await client.query(`set lock_timeout = '30s'`);
  return client;
};

beforeAll(async () => {
  books = await openBooks(['C-1001', 'C-1002', 'C-1003']);
  await deposit(books, 'C-1001', 3n);
  await deposit(books, 'C-1002', 2n);
  const at = new Date();
  const closed = await closePosition(books.worker);
  if (!closed) throw new Error('Journals were being written.');
  byBooks = `{"lastJournal": "${closed.lastJournal}"}`;
  await books.owner.$executeRaw`
    insert into operator (id, roles, status)
      values (${ada}, '{officer}', 'active'), (${ben}, '{officer}', 'active')`;
  await books.owner.$executeRaw`
    insert into account (id, kind, asset, client_id) values ('client/C-1003/SOL', 'client', 'SOL', 'C-1003')`;
  [one, two] = await Promise.all([connect(), connect()]);
  const facts = {
    asset: 'SOL',
    at: at.toISOString(),
    occurredAt: at.toISOString(),
    brings: 'SOLX',
    unitNumerator: '5',
    unitDenominator: '2',
    units: '5',
  };
  for (const [id, register, number] of [
    [event, 'rights-event', 'RE-2026-000001'],
    [loss, 'loss', 'LS-2026-000001'],
  ])
    await one.query(
      `insert into register_case (id, register, number, opened_by, opened_at, facts)
        values ($1, $2, $3, '${ada}', now(), $4)`,
      [id, register, number, facts],
    );
});
afterAll(async () => {
  await Promise.all([one.end(), two.end()]);
  await closeBooks(books);
});

/** SQLSTATE of what the database refuses; null for what it takes. */
const refusal = (sql: string, client = two): Promise<string | null> =>
  client.query(sql).then(
    () => null,
    (error: unknown) => (error as { code?: string }).code ?? 'unknown',
  );
const together = async (sql: string): Promise<string | null> => {
  const code = await refusal(`begin; ${sql}; commit`);
  if (code !== null) await two.query('rollback');
  return code;
};
const step = (of: string, seq: number, name: string, actor = ada, facts = '{}', at = 'now()') =>
  `insert into register_step (case_id, seq, step, actor, at, facts)
     values ('${of}', ${seq}, '${name}', '${actor}', ${at}, '${facts}')`;
const signed = (of: string, seq: number, name: string, actor: string, facts = '{}') =>
  `${step(of, seq, name, actor, facts)};
   insert into register_statement (case_id, seq, document, assertion, credential_id) values ('${of}', ${seq},
     '{"case": "${of}", "person": "${actor}", "decision": "${name}", "revision": ${seq - 1}}', '{}', 'key')`;
const entitled = (client: string, position: number, amount: number) =>
  `insert into rights_entitlement (case_id, account_id, position, amount, goes_to)
     values ('${event}', 'client/${client}/SOL', ${position}, ${amount}, 'client')`;
const lost = (client: string, position: number, units: number) =>
  `insert into loss_share (case_id, account_id, position, units, value_cents)
     values ('${loss}', 'client/${client}/SOL', ${position}, ${units}, ${units * 10})`;
const owed = (client: string, cents: number) =>
  `insert into loss_liability (case_id, account_id, cents) values ('${loss}', 'client/${client}/SOL', ${cents})`;
const text = (kind: string) =>
  `insert into register_text (case_id, seq, kind, version, sealed, commitment, written_by, written_at)
     values ('${event}', 0, '${kind}', 1, ${sealedSample}, encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), '${ada}', now())`;
const decided = '{"verdict": "attributable", "liabilityCents": "1"}';

const untilOneWaits = () =>
  expect.poll(() => waitingForNamed(books.owner), { interval: 20, timeout: 20_000 }).toBe(1);

/** What the second connection is told when it writes while the first has not committed yet. */
async function whileOpen(first: string, second: string): Promise<string | null> {
  await one.query(`begin; ${first}`);
  const answer = refusal(second);
  await untilOneWaits();
  await one.query('commit');
  return answer;
}

describe('who writes about a case while somebody else does so waits, and sees what that one did', () => {
  it('no share of an event comes in beside those that were computed', async () => {
    const computed = `${entitled('C-1001', 3, 7)}; ${entitled('C-1002', 2, 5)}; ${step(event, 1, 'computed', ada, byBooks)}`;
    expect(await whileOpen(computed, entitled('C-1003', 0, 0))).toBe('CS002');
  });

  it('no share of a loss comes in beside those that were shared, and nothing is owed beside what was accepted', async () => {
    const shared = `${lost('C-1001', 3, 3)}; ${lost('C-1002', 2, 2)}; ${step(loss, 1, 'shared', ada, byBooks)}`;
    expect(await whileOpen(shared, lost('C-1003', 0, 0))).toBe('CS002');
    expect(await refusal(step(loss, 2, 'proposed', ada, decided))).toBeNull();
    // The part of the other one is less than a cent, so there is room for a line that nobody accepted.
    const accepted = `${owed('C-1001', 1)}; ${signed(loss, 3, 'accepted', ben, decided)}`;
    expect(await together(`${accepted}; ${owed('C-1002', 0)}`)).toBe('CS002');
    expect(await whileOpen(accepted, owed('C-1002', 0))).toBe('CS002');
  });

  it('of two who take the same step the second is refused, and a text waits for a step', async () => {
    const approved = signed(event, 2, 'approved', ben);
    expect(await whileOpen(approved, step(event, 2, 'dropped', ben))).toBe('CS002');
    await one.query('begin');
    await one.query(text('title'));
    const waiting = refusal(text('title'));
    await untilOneWaits();
    await one.query('commit');
    expect(await waiting).toBe('CS002');
  });

  it('and writes at no level at which it would not see it', async () => {
    for (const level of ['repeatable read', 'serializable']) {
      await two.query(`begin isolation level ${level}`);
      expect(await refusal(text('source'))).toBe('25001');
      await two.query('rollback');
    }
  });
});

describe('what is written is of now by the database’s clock', () => {
  const opened = (at: string) =>
    `insert into register_case (id, register, number, opened_by, opened_at, facts)
       values ('${fresh}', 'sub-custodian', 'SC-2026-000001', '${ada}', ${at}, '{}')`;
  const off = ["now() + interval '11 minutes'", "now() - interval '11 minutes'", "'infinity'"];

  it('entries, steps and texts alike, give or take ten minutes', async () => {
    for (const at of off) expect([at, await refusal(opened(at))]).toEqual([at, 'CS002']);
    expect(await refusal(opened("now() + interval '9 minutes'"))).toBeNull();
    for (const at of off)
      expect([at, await refusal(step(fresh, 1, 'checked', ada, '{}', at))]).toEqual([at, 'CS002']);
    expect(await refusal(text('source').replace('now()', off[0] ?? ''))).toBe('CS002');
    const policy = (at: string) =>
      `insert into custody_policy (version, adopted_on, text, summary, digest, recorded_by, recorded_at)
         values (1, '2026-01-01', 'x', 'y', encode(sha256('x'), 'hex'), '${ada}', ${at})`;
    const classed = (at: string) =>
      `insert into address_class (chain, address, owner_class, recorded_by, recorded_at)
         values ('solana:sandbox', 'Elsewhere', 'own', '${ada}', ${at})`;
    for (const row of [policy, classed]) {
      for (const at of off) expect([at, await refusal(row(at))]).toEqual([at, 'CS002']);
      expect(await refusal(row('now()'))).toBeNull();
    }
  });
});

it('an entry has no more texts than are read and signed with it', async () => {
  const many = (from: number, to: number) =>
    `insert into register_text (case_id, seq, kind, version, sealed, commitment, written_by, written_at)
       select '${fresh}', 0, 'kind-' || translate(n::text, '0123456789', 'abcdefghij'), 1, ${sealedSample}, encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), '${ada}', now() from generate_series(${from}, ${to}) n`;
  expect(await refusal(many(1, 2000))).toBeNull();
  expect(await refusal(many(2001, 2001))).toBe('CS002');
});

describe('agreements of a client', () => {
  const agreement = (number: number, facts: object) =>
    `insert into register_case (id, register, number, client_id, opened_by, opened_at, facts)
       values (gen_random_uuid(), 'agreement', 'AG-2026-00000${number}', 'C-1001', '${ada}', now(),
         '${JSON.stringify({ version: 1, rights: 'client', signedOn: '2026-01-01', inForceFrom: '2026-01-01', ...facts })}')`;

  it('count up one by one, also when two are registered at once, and none is signed ahead', async () => {
    expect(await refusal(agreement(1, { version: 2 }))).toBe('CS002');
    expect(await refusal(agreement(1, { version: null }))).toBe('CS002');
    expect(await refusal(agreement(1, { signedOn: '2026-01-02' }))).toBe('CS002');
    const ahead = { signedOn: '2999-01-01', inForceFrom: '2999-01-01' };
    expect(await refusal(agreement(1, ahead))).toBe('CS002');
    expect(await whileOpen(agreement(1, {}), agreement(2, {}))).toBe('CS002');
    expect(await refusal(agreement(2, { version: 2 }))).toBeNull();
  });
});
