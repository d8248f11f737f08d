/** The registers' second wall: what a program with the web role's rights can't do, whatever it tries. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks as closePosition } from '#lib/ledger/close-books.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { sealedSample } from '#lib/platform/db/testing/sealed-sample.ts';

let books: Books;
let lastJournal: bigint;
let web: pg.Client;
let owner: pg.Client;

const caseId = '11111111-1111-4111-8111-111111111111';
const event = '22222222-2222-4222-8222-222222222222';
const loss = '33333333-3333-4333-8333-333333333333';
const giveBack = '44444444-4444-4444-8444-444444444444';

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  await deposit(books, 'C-1001', 9n);
  const at = new Date().toISOString();
  const closed = await closePosition(books.worker);
  if (!closed) throw new Error('Journals were being written.');
  lastJournal = closed.lastJournal;
  [web, owner] = (await Promise.all(
    (['web', 'owner'] as const).map(async (role) => {
      const client = new pg.Client({ connectionString: books.database.urls[role] });
      await client.connect();
      return client;
    }),
  )) as [pg.Client, pg.Client];
  await owner.query(`
    insert into operator (id, roles, status) values
      ('p-aaaaaaaaaa', '{officer}', 'active'), ('p-bbbbbbbbbb', '{officer}', 'active'),
      ('p-cccccccccc', '{officer}', 'active')`);
  await web.query(`
    insert into register_case (id, register, number, client_id, opened_by, opened_at, facts) values
      ('${caseId}', 'complaint', 'CO-2026-000001', 'C-1001', 'p-aaaaaaaaaa', now(), '{}'),
      ('${event}', 'rights-event', 'RE-2026-000001', null, 'p-aaaaaaaaaa', now(),
        '{"asset": "SOL", "at": "${at}", "brings": "SOLX", "unitNumerator": "5", "unitDenominator": "2"}'),
      ('${loss}', 'loss', 'LS-2026-000001', null, 'p-aaaaaaaaaa', now(),
        '{"asset": "SOL", "occurredAt": "${at}", "units": "7"}'),
      ('${giveBack}', 'return', 'RT-2026-000001', 'C-1001', 'p-aaaaaaaaaa', now(), '{"asset": "SOL", "units": "7"}')`);
});
afterAll(async () => {
  await Promise.all([web.end(), owner.end()]);
  await closeBooks(books);
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

it('a number begins with what its register is numbered, and that of a loss not as that of a correction of the books', async () => {
  const numbered = (number: string) => `
    insert into register_case (id, register, number, opened_by, opened_at, facts)
      values (gen_random_uuid(), 'loss', '${number}', 'p-aaaaaaaaaa', now(), '{}')`;
  expect(await refusal(numbered('LC-2026-000002'))).toBe('23514');
  expect(await refusal(numbered('LS-2026-000002'))).toBeNull();
});

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

  it('a return is carried out by a withdrawal of that client, and is over when it is confirmed', async () => {
    const linked = step(giveBack, 1, 'linked', 'p-aaaaaaaaaa', `{"operation": "${loss}"}`);
    expect(await refusal(linked)).toBe('CS002');
    expect(await refusal(step(giveBack, 1, 'returned', 'p-aaaaaaaaaa'))).toBe('CS002');
  });
});

/** A decision with the statement of who took it, in one transaction. */
const signedStep = (of: string, seq: number, name: string, actor: string, facts = '{}') =>
  `${step(of, seq, name, actor, facts)}; ${statement(of, seq, name, actor)}`;
const statement = (of: string, seq: number, name: string, actor: string) =>
  `insert into register_statement (case_id, seq, document, assertion, credential_id) values ('${of}', ${seq},
     '{"case": "${of}", "person": "${actor}", "decision": "${name}", "revision": ${seq - 1}}', '{}', 'key')`;
const together = async (sql: string): Promise<string | null> => {
  const code = await refusal(`begin; ${sql}; commit`);
  if (code !== null) await web.query('rollback');
  return code;
};

describe('shares of a loss', () => {
  const share = (
    units: number,
    cents: number,
    account = 'client/C-1001/SOL',
  ) => `insert into loss_share
    (case_id, account_id, position, units, value_cents)
    values ('${loss}', '${account}', 9, ${units}, ${cents})`;
  const liable = (cents: number) => `insert into loss_liability (case_id, account_id, cents)
    values ('${loss}', 'client/C-1001/SOL', ${cents})`;
  const shared = (): string =>
    step(loss, 1, 'shared', 'p-aaaaaaaaaa', `{"lastJournal": "${lastJournal}"}`);

  it('sum to what was lost, and none is added later', async () => {
    expect(await together(`${share(6, 100)}; ${shared()}`)).toBe('CS003');
    expect(await together(`${share(7, 100)}; ${shared()}`)).toBeNull();
    expect(await together(share(0, 0, 'vault/warm-1/SOL'))).toBe('CS002');
  });

  it('no liability over the value, and exactly what was proposed is accepted, signed, by another', async () => {
    const over = '{"verdict": "attributable", "liabilityCents": "101"}';
    const whole = '{"verdict": "attributable", "liabilityCents": "100"}';
    const outside = '{"verdict": "outside-control", "liabilityCents": "1"}';
    expect(await refusal(step(loss, 2, 'proposed', 'p-aaaaaaaaaa', over))).toBe('CS002');
    expect(await refusal(step(loss, 2, 'proposed', 'p-aaaaaaaaaa', outside))).toBe('CS002');
    expect(await refusal(step(loss, 2, 'proposed', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await refusal(step(loss, 2, 'proposed', 'p-bbbbbbbbbb', whole))).toBeNull();
    const accepted = (actor: string, facts = whole) =>
      `${liable(100)}; ${signedStep(loss, 3, 'accepted', actor, facts)}`;
    expect(await together(liable(100))).toBe('CS002');
    expect(await together(accepted('p-bbbbbbbbbb'))).toBe('CS002');
    expect(await together(accepted('p-aaaaaaaaaa', over))).toBe('CS002');
    expect(
      await together(`${liable(101)}; ${signedStep(loss, 3, 'accepted', 'p-aaaaaaaaaa', whole)}`),
    ).toBe('CS002');
    expect(
      await together(`${liable(99)}; ${signedStep(loss, 3, 'accepted', 'p-aaaaaaaaaa', whole)}`),
    ).toBe('CS003');
    expect(
      await together(`${liable(100)}; ${step(loss, 3, 'accepted', 'p-aaaaaaaaaa', whole)}`),
    ).toBe('CS002');
    expect(await together(accepted('p-aaaaaaaaaa'))).toBeNull();
    expect(await refusal(step(loss, 4, 'settled', 'p-aaaaaaaaaa'))).toBe('CS002');
  });
});

describe('shares of a rights event', () => {
  const share = (
    units: number,
    account = 'client/C-1001/SOL',
  ) => `insert into rights_entitlement (case_id, account_id, position, amount, goes_to)
    values ('${event}', '${account}', 9, ${units}, 'client')`;
  const computed = (): string =>
    step(event, 1, 'computed', 'p-aaaaaaaaaa', `{"lastJournal": "${lastJournal}"}`);

  it('come whole, with their step, and none is added later', async () => {
    expect(await together(share(22))).toBe('CS002');
    expect(await together(`${share(21)}; ${computed()}`)).toBe('CS003');
    expect(await together(`${share(23)}; ${computed()}`)).toBe('CS003');
    expect(await together(`${share(22)}; ${computed()}`)).toBeNull();
    expect(await together(share(0, 'vault/warm-1/SOL'))).toBe('CS002');
  });

  it('are approved, signed, by somebody who neither recorded nor computed them, and handed out exactly', async () => {
    const outcome = (what: string, rest: string) => `insert into register_outcome
      (case_id, account_id, what, journal_id, line, agreement_id, actor, at)
      values ('${event}', 'client/C-1001/SOL', '${what}', ${rest}, 'p-aaaaaaaaaa', now())`;
    const handedOut = outcome('handed-out', '1, 1, null');
    expect(await refusal(handedOut)).toBe('CS002');
    expect(await together(signedStep(event, 2, 'approved', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await refusal(step(event, 2, 'dropped', 'p-aaaaaaaaaa'))).toBe('CS002');
    expect(await together(step(event, 2, 'approved', 'p-bbbbbbbbbb'))).toBe('CS002');
    const another = `${step(event, 2, 'approved', 'p-bbbbbbbbbb')}; ${statement(event, 2, 'approved', 'p-cccccccccc')}`;
    expect(await together(another)).toBe('CS002');
    expect(await together(signedStep(event, 2, 'approved', 'p-bbbbbbbbbb'))).toBeNull();
    expect(await refusal(step(event, 3, 'completed', 'p-aaaaaaaaaa'))).toBe('CS002');
    // No journal credits it, and no agreement gives it to the custodian.
    expect(await refusal(handedOut)).toBe('CS002');
    expect(await refusal(outcome('declined', `null, null, '${caseId}'`))).toBe('CS002');
  });
});

describe('texts', () => {
  const text = (version: number) => `insert into register_text
    (case_id, seq, kind, version, sealed, commitment, written_by, written_at)
    values ('${caseId}', 0, 'subject', ${version}, ${sealedSample},
      encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), 'p-aaaaaaaaaa', now())`;
  const erase = `update register_text set sealed = null, erased_at = now() where version = 1`;

  it('are corrected by a newer version, erased once and whole, and never removed', async () => {
    expect(await refusal(text(2))).toBe('CS002');
    expect(await refusal(text(1))).toBeNull();
    expect(await refusal(text(2))).toBeNull();
    expect(await refusal(`update register_text set sealed = decode(repeat('02', 80), 'hex')`)).toBe(
      'CS002',
    );
    expect(await refusal(`update register_text set commitment = commitment`)).toBe('42501');
    expect(await refusal(erase)).toBeNull();
    expect(await refusal(erase)).toBe('CS002');
    expect(await refusal('delete from register_text', owner)).toBe('CS001');
  });

  it('come sealed and as they were written', async () => {
    const short = text(3).replace(`repeat('01', 63)`, `repeat('01', 20)`);
    expect(await refusal(short)).toBe('23514');
    const blackened = text(3)
      .replace('commitment,', 'redacted, commitment,')
      .replace('encode(', `repeat('ab', 32), encode(`);
    expect(await refusal(blackened)).toBe('CS002');
  });
});

it('an address has one owner class: it is not registered twice, nor against what is on record', async () => {
  await owner.query(`
    insert into own_cursor (chain, address, txid)
      values ('solana:sandbox', 'Fees', 'x'), ('solana:sandbox', 'address', 'x')`);
  const classed = (address: string, ownerClass: string) =>
    `insert into address_class (chain, address, owner_class, recorded_by, recorded_at)
       values ('solana:sandbox', '${address}', '${ownerClass}', 'p-aaaaaaaaaa', now())`;
  expect(await refusal(classed('Fees', 'client-omnibus'))).toBe('CS002');
  expect(await refusal(classed('address', 'own'))).toBe('CS002');
  expect(await refusal(classed('address', 'client-omnibus'))).toBeNull();
  expect(await refusal(classed('Other', 'client-omnibus'))).toBeNull();
  expect(await refusal(classed('Other', 'own'))).toBe('23505');
  expect(await refusal(classed('One', 'client-segregated'))).toBe('23514');
});

it('the worker keeps none of these registers; it reads owner classes and what was signed', async () => {
  const worker = new pg.Client({ connectionString: books.database.urls.worker });
  await worker.connect();
  try {
    for (const table of ['register_case', 'register_step', 'register_statement']) {
      expect(await refusal(`select * from ${table}`, worker)).toBeNull();
      expect(await refusal(`insert into ${table} default values`, worker)).toBe('42501');
      expect(await refusal(`delete from ${table}`, worker)).toBe('42501');
    }
    // Sealed; it opens them where somebody named in them is erased.
    expect(await refusal('select * from register_text', worker)).toBeNull();
    expect(await refusal(`update register_text set kind = kind`, worker)).toBe('42501');
    for (const table of ['register_outcome', 'rights_entitlement', 'loss_share', 'loss_liability'])
      expect(await refusal(`select * from ${table}`, worker)).toBe('42501');
    expect(await refusal('select * from address_class', worker)).toBeNull();
    expect(await refusal('insert into address_class default values', worker)).toBe('42501');
    expect(await refusal('insert into segregation_check default values', worker)).toBe('CS002');
  } finally {
    await worker.end();
  }
});
