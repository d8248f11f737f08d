/** What the night finds by SQL and what stands against an erasure are one rule: they are compared over made-up clients. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, deposit, type Books } from '#lib/ledger/testing/books.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { dayMs, dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { findBlockers, standsAgainst } from '../../erasure/blockers.ts';
import { fieldRules } from '../../erasure/field-rules.ts';
import { loadErasureFacts } from '../../erasure/load-facts.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, parted, reportOf } from '../../testing/retention-night.ts';
import { beginPerson } from './begin-person.ts';
import type { PeopleCode } from './due-people.ts';
import { findDue, fromTheStart } from './find-due.ts';
import { fieldsKeptBy } from './rule-version.ts';

let desk: RequestDesk;
let books: Books;
beforeAll(async () => {
  desk = await openRequestDesk();
  await createVault(desk.owner);
  books = { database: desk.database, owner: desk.owner, web: desk.web, worker: desk.worker };
});
afterAll(() => desk.close());

const today = () => dayOf(desk.context.clock());
let clients = 0;
const newClient = (): string => `C-${66_000 + (clients += 1)}`;
const values = {
  'full-name': 'Bo Ek',
  email: 'bo@example.org',
  'document-number': 'L01X00T47',
  iban: 'DE89370400440532013000',
  'tax-number': '12345678903',
};

/** Days around those on which periods end, and some far from them. */
const someDay = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }).map((off) => ({ years: 5, off })) },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 0 }).map((off) => ({ years: 0, off })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ years: 1, off: 0 }, { years: 6, off: 0 }, { years: 8, off: 0 }),
  },
);
const someTie = fc.record({
  client: fc.nat({ max: 2 }),
  role: fc.constantFrom('client', 'representative', 'beneficial-owner'),
  end: fc.option(someDay, { freq: 6 }),
  /** Days since the end was recorded; null for one that was over when it came on record. */
  recorded: fc.option(fc.constantFrom(0, 29, 30, 31, 2_000)),
});
const somebody = fc.record({
  ties: fc.uniqueArray(someTie, {
    minLength: 1,
    maxLength: 3,
    selector: ({ client, role }) => `${client} ${role}`,
  }),
  hasNameAlone: fc.boolean(),
});
const world = fc.record({
  people: fc.array(somebody, { minLength: 2, maxLength: 4 }),
  /** Which of the clients have a line in the books of today. */
  busy: fc.array(fc.nat({ max: 2 }), { maxLength: 1 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

async function settle({ people, busy }: World): Promise<string[]> {
  const names = [newClient(), newClient(), newClient()];
  await desk.owner.client.createMany({ data: names.map((id) => ({ id })) });
  for (const place of new Set(busy)) await deposit(books, names[place] ?? '', 5n);
  const ids: string[] = [];
  for (const { ties, hasNameAlone } of people) {
    const id = newPersonId();
    ids.push(id);
    const known = hasNameAlone ? { 'full-name': values['full-name'] } : values;
    const at = desk.context.clock();
    await inTransaction(desk.web, (tx) =>
      writePerson(tx, { id, values: known }, { by: 'system', at }),
    );
    for (const { client, role, end, recorded } of ties) {
      const until =
        end === null
          ? null
          : new Date(startOfDay(monthsLater(today(), -end.years * 12)).getTime() + end.off * dayMs);
      await desk.owner.personTie.create({
        data: {
          personId: id,
          role,
          clientId: names[client] ?? '',
          since: startOfDay('2001-01-01'),
          until,
        },
      });
      if (until === null) continue;
      // When an end was recorded is for the database to say, which knows no day but this one.
      await desk.owner.$executeRaw`alter table person_tie disable trigger guarded`;
      await desk.owner.$executeRaw`update person_tie
        set ends_recorded = (${today()}::date - ${recorded}::int)::timestamptz
        where person_id = ${id} and client_id = ${names[client] ?? ''} and role = ${role}`;
      await desk.owner.$executeRaw`alter table person_tie enable always trigger guarded`;
    }
  }
  return ids;
}

/** Whether the night would work on this person by this rule. */
async function isFound(person: string, code: PeopleCode): Promise<boolean> {
  const page = { day: today(), after: fromTheStart, most: 1, only: person };
  return (await findDue(desk.worker, code, page))[0]?.skip === null;
}

/** Whether anything that is kept by this rule may be erased. */
const isFree = (person: string, code: PeopleCode): Promise<boolean> =>
  inTransaction(desk.worker, async (tx) => {
    const blockers = findBlockers(await loadErasureFacts(tx, person), today());
    const ruleOf = await fieldRules(tx, person);
    const held = await tx.personValue.findMany({ where: { personId: person } });
    return held
      .map(({ field }) => field)
      .filter((field) => (fieldsKeptBy(code) as string[]).includes(field))
      .some((field) => !blockers.some((one) => standsAgainst(one, field, ruleOf(field))));
  });

describe('what a night finds and what stands against an erasure', () => {
  it('is the same for due diligence, contact and tax numbers, whoever stood behind which client until when', async () => {
    const seen = { found: 0, left: 0 };
    await fc.assert(
      fc.asyncProperty(world, async (made) => {
        for (const person of await settle(made)) {
          for (const code of ['aml-relationship', 'relationship', 'tax-reporting'] as const) {
            const found = await isFound(person, code);
            expect([code, found]).toEqual([code, await isFree(person, code)]);
            seen[found ? 'found' : 'left'] += 1;
          }
          // Payment details are kept for five years after a relationship without any line in the books, too.
          if (await isFound(person, 'micar-records'))
            expect(await isFree(person, 'micar-records')).toBe(true);
        }
      }),
      { numRuns: process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 25 : 300 },
    );
    expect(Math.min(seen.found, seen.left)).toBeGreaterThan(5);
  }, 300_000);

  it('is not found by a night for who left a client that others went on with', async () => {
    const client = newClient();
    const left = await parted(desk, { years: 6, client });
    const stayed = await parted(desk, { years: 1, client });
    expect(await isFound(left, 'aml-relationship')).toBe(false);
    expect(await isFound(left, 'relationship')).toBe(true);
    expect(await isFound(stayed, 'aml-relationship')).toBe(false);
    const [row] = await findDue(desk.worker, 'aml-relationship', {
      day: monthsLater(today(), 60),
      after: fromTheStart,
      most: 1,
      only: left,
    });
    // The report says from when it counts.
    expect(row?.countsFrom).toBe(monthsLater(today(), -12));
  });
});

describe('a night', () => {
  it('leaves what another duty keeps, and its report says how many', async () => {
    const client = newClient();
    const known = { 'full-name': 'Bo Ek', 'document-number': 'L01X00T47' };
    const person = await parted(desk, { years: 6, client, values: known });
    await deposit(books, client, 5n);
    const erasures = () => desk.owner.personErasure.findMany({ where: { personId: person } });
    const first = await night(desk);
    await approve(desk, first, 'aml-relationship');
    await night(desk);
    const needs = { db: desk.worker, clock: desk.context.clock };
    expect(await beginPerson(needs, person)).toBe(true);
    expect(await erasures()).toMatchObject([{ scope: 'part', fields: ['document-number'] }]);
    const alone = await parted(desk, {
      years: 6,
      client: newClient(),
      values: { 'full-name': 'Bo Ek' },
    });
    const { clientId } = await desk.owner.personTie.findFirstOrThrow({
      where: { personId: alone },
    });
    await deposit(books, clientId, 5n);
    const run = await night(desk);
    const report = await reportOf(desk, run, 'aml-relationship');
    expect(report.skipped).toMatchObject({ duty: 1 });
    expect(await desk.owner.retentionItem.count({ where: { subject: alone } })).toBe(0);
  });

  it('leaves what a duty came to keep after it was put down, with the reason', async () => {
    const client = newClient();
    const person = await parted(desk, { years: 6, client, values: { 'full-name': 'Bo Ek' } });
    await night(desk);
    expect(await desk.owner.retentionItem.count({ where: { subject: person } })).toBe(1);
    await deposit(books, client, 5n);
    const needs = { db: desk.worker, clock: desk.context.clock };
    expect(await beginPerson(needs, person)).toBe(false);
    expect(await desk.owner.retentionItem.findMany({ where: { subject: person } })).toMatchObject([
      { state: 'left', reason: 'Another duty keeps all that is left of it' },
    ]);
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(1);
  });
});
