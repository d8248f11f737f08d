/** What stands against an erasure as it is read out of the database. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { endedLongAgo } from '../testing/ended-long-ago.ts';
import { annaMueller, openPeopleDesk, type PeopleDesk } from '../testing/people-desk.ts';
import { findBlockers } from './blockers.ts';
import { loadErasureFacts } from './load-facts.ts';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await openPeopleDesk(['C-1001']);
});
afterAll(() => closeBooks(desk.books));

const somebody = async () => {
  const id = newPersonId();
  await inTransaction(desk.books.web, (tx) =>
    writePerson(tx, { id, values: annaMueller }, { by: 'system', at: desk.context.clock() }),
  );
  return id;
};
const tie = async (
  personId: string,
  role: string,
  until: Date | null,
  since = new Date('2010-01-01'),
) => {
  await desk.books.web.personTie.create({
    data: { personId, role, clientId: 'C-1001', since, until },
  });
  if (until) await endedLongAgo(desk.books.owner, personId);
};
const codesOf = async (person: string) => {
  const facts = await inTransaction(desk.books.web, (tx) => loadErasureFacts(tx, person));
  return findBlockers(facts, dayOf(desk.context.clock())).map(({ code }) => code);
};

it('the newest line in the books keeps the name of the client, not of who left it long before', async () => {
  await deposit(desk.books, 'C-1001', 5n);
  const [client, left] = [await somebody(), await somebody()];
  await tie(left, 'representative', new Date('2015-01-01'));
  expect(await codesOf(left)).toEqual([]);
  await tie(client, 'client', new Date('2015-01-01'));
  expect(await codesOf(client)).toEqual(['records']);
});

it('a tie that goes on is never what is left out, and who has too many is not erased', async () => {
  const person = await somebody();
  // Two hundred that are over sort before it by their day, and it is seen all the same.
  await tie(person, 'authorised-user', null);
  await desk.books.owner.$executeRaw`
    insert into person_tie (person_id, role, client_id, since, until)
      select ${person}, 'representative', 'C-1001', timestamptz '2001-01-01' + make_interval(days => n),
          timestamptz '2001-06-01' + make_interval(days => n) from generate_series(1, 199) n`;
  expect(await codesOf(person)).toContain('relationship');
  expect(await codesOf(person)).not.toContain('too-many-ties');
  await tie(person, 'beneficial-owner', new Date('2012-01-01'));
  const codes = await codesOf(person);
  expect(codes).toContain('relationship');
  expect(codes).toContain('too-many-ties');
});
