/** What a program can't say about the books: shares that they don't have, and parts that are nobody's proportion. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeBooks as closePosition } from '#lib/ledger/close-books.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';

let books: Books;
let web: pg.Client;
let lastJournal: bigint;
const event = '22222222-2222-4222-8222-222222222222';
const loss = '33333333-3333-4333-8333-333333333333';
const lossOfOne = '44444444-4444-4444-8444-444444444444';

beforeAll(async () => {
  books = await openBooks(['C-1001', 'C-1002', 'C-1003']);
  await deposit(books, 'C-1001', 30n);
  await deposit(books, 'C-1002', 20n);
  await deposit(books, null, 10n);
  const at = new Date().toISOString();
  const closed = await closePosition(books.worker);
  if (!closed) throw new Error('Journals were being written.');
  lastJournal = closed.lastJournal;
  // After the event: no part of it.
  await deposit(books, 'C-1002', 5n);
  await deposit(books, 'C-1003', 5n);
  await closePosition(books.worker);
  web = new pg.Client({ connectionString: books.database.urls.web });
  await web.connect();
  await books.owner.$executeRaw`
    insert into operator (id, roles, status)
      values ('p-aaaaaaaaaa', '{officer}', 'active'), ('p-bbbbbbbbbb', '{officer}', 'active')`;
  const facts = {
    asset: 'SOL',
    at,
    occurredAt: at,
    brings: 'SOLX',
    unitNumerator: '1',
    unitDenominator: '1',
    units: '6',
  };
  for (const [id, register, number, client] of [
    [event, 'rights-event', 'RE-2026-000001', null],
    [loss, 'loss', 'LS-2026-000001', null],
    [lossOfOne, 'loss', 'LS-2026-000002', 'C-1001'],
  ])
    await web.query(
      `insert into register_case (id, register, number, client_id, opened_by, opened_at, facts)
        values ($1, $2, $3, $4, 'p-aaaaaaaaaa', now(), $5)`,
      [id, register, number, client, facts],
    );
});
afterAll(async () => {
  await web.end();
  await closeBooks(books);
});

/** SQLSTATE of what the database refuses of these in one transaction; null for what it takes. */
async function together(...sql: string[]): Promise<string | null> {
  try {
    await web.query(`begin; ${sql.join('; ')}; commit`);
    return null;
  } catch (error) {
    await web.query('rollback');
    return (error as { code?: string }).code ?? 'unknown';
  }
}
const step = (of: string, seq: number, name: string, actor: string, facts: object) =>
  `insert into register_step (case_id, seq, step, actor, at, facts)
     values ('${of}', ${seq}, '${name}', '${actor}', now(), '${JSON.stringify(facts)}')`;
const byBooks = () => ({ lastJournal: lastJournal.toString() });
const entitled = (account: string, position: number, goesTo = 'client') =>
  `insert into rights_entitlement (case_id, account_id, position, amount, goes_to)
     values ('${event}', '${account}/SOL', ${position}, ${position}, '${goesTo}')`;
const lost = (account: string, position: number, units: number, of = loss) =>
  `insert into loss_share (case_id, account_id, position, units, value_cents)
     values ('${of}', '${account}/SOL', ${position}, ${units}, ${units * 100})`;
const [one, two, three] = ['client/C-1001', 'client/C-1002', 'client/C-1003'];
const nobody = 'suspense/deposits';

it('shares of an event are of exactly those who held the asset at the close after it, and the custodian has none without an agreement', async () => {
  const computed = step(event, 1, 'computed', 'p-aaaaaaaaaa', byBooks());
  const right = [entitled(one, 30), entitled(two, 20), entitled(nobody, 10)];
  const wrong: readonly [string, string[]][] = [
    ['more than was held', [entitled(one, 31), entitled(two, 20), entitled(nobody, 10)]],
    ['held later', [entitled(one, 30), entitled(two, 25), entitled(nobody, 10)]],
    ['somebody left out', [entitled(one, 30), entitled(two, 20)]],
    ['somebody who held nothing', [...right, entitled(three, 5)]],
    ['somebody with nothing', [...right, entitled(three, 0)]],
    ['for us', [entitled(one, 30), entitled(two, 20, 'custodian'), entitled(nobody, 10)]],
  ];
  for (const [what, shares] of wrong)
    expect([what, await together(...shares, computed)]).toEqual([what, 'CS003']);
  const later = { lastJournal: (lastJournal + 1n).toString() };
  expect(await together(...right, step(event, 1, 'computed', 'p-aaaaaaaaaa', later))).toBe('CS003');
  expect(await together(...right, computed)).toBeNull();
});

it('a loss is shared by the books in proportion, of one client where it names one', async () => {
  const shared = (of = loss) => step(of, 1, 'shared', 'p-aaaaaaaaaa', byBooks());
  const wrong: readonly [string, string[]][] = [
    ['to one alone', [lost(one, 30, 6), lost(two, 20, 0), lost(nobody, 10, 0)]],
    ['somebody left out', [lost(one, 30, 4), lost(two, 20, 2)]],
    ['held more', [lost(one, 40, 3), lost(two, 20, 2), lost(nobody, 10, 1)]],
    [
      'worth no number',
      [lost(one, 30, 3).replace('300)', `'NaN')`), lost(two, 20, 2), lost(nobody, 10, 1)],
    ],
  ];
  for (const [what, shares] of wrong)
    expect([what, await together(...shares, shared())]).toEqual([what, 'CS003']);
  const right = [lost(one, 30, 3), lost(two, 20, 2), lost(nobody, 10, 1)];
  expect(await together(...right, shared())).toBeNull();
  const all = [lost(one, 30, 3, lossOfOne), lost(two, 20, 3, lossOfOne)];
  expect(await together(...all, shared(lossOfOne))).toBe('CS003');
  expect(await together(lost(one, 30, 6, lossOfOne), shared(lossOfOne))).toBeNull();
});

it('what is owed for a loss is owed to each in proportion, to less than one cent', async () => {
  const decided = { verdict: 'attributable', liabilityCents: '301' };
  expect(await together(step(loss, 2, 'proposed', 'p-aaaaaaaaaa', decided))).toBeNull();
  const owed = (account: string, cents: number) =>
    `insert into loss_liability (case_id, account_id, cents) values ('${loss}', '${account}/SOL', ${cents})`;
  const accepted = [
    step(loss, 3, 'accepted', 'p-bbbbbbbbbb', decided),
    `insert into register_statement (case_id, seq, document, assertion, credential_id) values ('${loss}', 3,
       '{"case": "${loss}", "person": "p-bbbbbbbbbb", "decision": "accepted", "revision": 2}', '{}', 'key')`,
  ];
  // Exactly 150.5, 100.33… and 50.16…: nobody is a whole cent off.
  for (const wrong of [
    [owed(one, 300), owed(two, 1), owed(nobody, 0)],
    [owed(one, 300), owed(two, 1)],
    [owed(one, 150), owed(two, 99), owed(nobody, 52)],
  ])
    expect(await together(...wrong, ...accepted)).toBe('CS003');
  expect(await together(owed(one, 151), owed(two, 100), owed(nobody, 50), ...accepted)).toBeNull();
});
