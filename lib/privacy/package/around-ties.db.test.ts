/** What is on record of a client before or after the time in which the person is known to be it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { deposit } from '#lib/ledger/testing/books.ts';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { subjectOf } from '../collect/system.ts';
import { endTie } from '../people/end-tie.ts';
import { recordPerson } from '../people/record-person.ts';
import { giveOpinion, identifyPerson } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { viewRequest } from '../requests/view-request.ts';
import {
  built as buildPackage,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, grantingInPart, press, received } from '../testing/request-desk.ts';
import { accessPackage, portabilityPackage } from './package-schema.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const ada = () => desk.people.ada.actor;
const dayBefore = (days: number): string =>
  dayOf(new Date(desk.context.clock().getTime() - days * dayMs));

let clients = 71_100;
/** A client whose account has a movement of twenty days ago. */
async function client(): Promise<string> {
  const id = `C-${(clients += 1)}`;
  await desk.owner.client.create({ data: { id } });
  await deposit(desk.books, id, 5_000_000_000n);
  // The database says when it was posted, and knows no day but this.
  await desk.owner.$executeRaw`alter table journal disable trigger user`;
  await desk.owner.$executeRaw`
    update journal set posted_at = posted_at - interval '20 days'
      where id in (select journal_id from posting where account_id = ${`client/${id}/SOL`})`;
  await desk.owner.$executeRaw`alter table journal enable trigger user`;
  return id;
}
const recording = (of: string, more: Record<string, string> = {}) =>
  recordPerson(
    ada(),
    { client: of, role: 'client', source: 'form', 'full-name': 'Kim Latecomer', ...more },
    desk.context,
  );
const tied = async (of: string, more: Record<string, string> = {}): Promise<string> =>
  valueOf(await recording(of, more)).id;

/** Asked for, with every tie confirmed in the review, advised on: five events. @returns id and digest of the copy. */
async function copied(person: string, right = 'access') {
  const { id } = await received(desk, { right });
  const known = { person, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora(), { id, seen: '1', ...known }, desk.context));
  valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
  const { ties } = valueOf(await viewRequest(dora(), id, desk.context));
  const reviewing = { blockers: [], reasons: 'The agreement was looked at.' };
  const review = { id, seen: '3', ...reviewing, ties: ties.map(({ key }) => key) };
  valueOf(await reviewRequest(dora(), review, desk.context));
  const opinion = { opinion: 'for', text: 'They have the right to it.' };
  valueOf(await giveOpinion(dora(), { id, seen: '4', ...opinion }, desk.context));
  return { id, digest: await buildPackage(desk, id, () => 'in', { again: 'yes' }) };
}
const documentOf = async (id: string): Promise<unknown> =>
  JSON.parse(textOf(unzipped(await zipOf(desk, id))['your-data.json'])) as unknown;
const copyOf = async (id: string) => accessPackage.parse(await documentOf(id));
const movementsIn = async (id: string): Promise<number> =>
  (await copyOf(id)).systems['ledger']?.records.length ?? 0;
const around = (article: string) => ({
  what: 'Records from before or after the time in which you are on record as the client',
  records: 1,
  ground: 'others-rights',
  why: expect.stringContaining(`Article ${article} GDPR`),
});
/** How a grant of it as a whole and in part goes. */
async function granted({ id, digest }: { id: string; digest: string }): Promise<string[]> {
  const proposal = { id, seen: '5', package: digest };
  const whole = await press(desk, desk.people.mia, { ...proposal, ...granting });
  const part = await press(desk, desk.people.mia, { ...proposal, ...grantingInPart });
  return [whole, part].map((one) => (one.ok ? 'done' : one.refusal.code));
}

it('a copy tells from the day on which the person became the client, though they were recorded later', async () => {
  const of = await client();
  const copy = await copied(await tied(of, { since: dayBefore(30) }));
  expect(await movementsIn(copy.id)).toBe(1);
  expect((await copyOf(copy.id)).leftOut).toEqual([]);
});

it('a copy says that records are there from before the person was the client, and is granted in part alone', async () => {
  const of = await client();
  const copy = await copied(await tied(of));
  expect(await movementsIn(copy.id)).toBe(0);
  expect((await copyOf(copy.id)).leftOut).toEqual([around('15(4)')]);
  expect(await granted(copy)).toEqual(['left-out', 'done']);
});

it('a copy says that records are there from after the person was the client', async () => {
  const of = await client();
  const person = await tied(of, { since: dayBefore(400) });
  const ended = { person, client: of, role: 'client', endedOn: dayBefore(100) };
  valueOf(await endTie(ada(), ended, desk.context));
  const copy = await copied(person);
  expect((await copyOf(copy.id)).leftOut).toEqual([around('15(4)')]);
  expect(await granted(copy)).toEqual(['left-out', 'done']);
});

it('a portability copy says what it leaves out from before the tie', async () => {
  const of = await client();
  const { id } = await copied(await tied(of), 'portability');
  const { leftOut } = portabilityPackage.parse(await documentOf(id));
  expect(leftOut).toContainEqual(around('20(4)'));
});

it('nobody is a client from a day that lies ahead, or from before anybody lived who is', async () => {
  const of = await client();
  const said = async (since: string): Promise<string> => {
    const result = await recording(of, { since });
    return result.ok ? 'done' : result.refusal.code;
  };
  expect(await said(dayBefore(-1))).toBe('day-unfit');
  expect(await said('1950-01-01')).toBe('day-unfit');
  expect(await said('yesterday')).toBe('form-invalid');
  expect(await said(dayBefore(0))).toBe('done');
});

/** Ties as they came on record while nobody was asked since when. */
async function tiedUnasked(of: string): Promise<string> {
  const id = newPersonId();
  const at = desk.context.clock();
  await inTransaction(desk.web, (tx) =>
    writePerson(tx, { id, values: { 'full-name': 'Kim Earlier' } }, { by: ada().personId, at }),
  );
  await desk.owner.$executeRaw`alter table person_tie disable trigger guarded`;
  await desk.owner.$executeRaw`
    insert into person_tie (person_id, role, client_id, since, since_said, recorded_at, recorded_by)
      values (${id}, 'client', ${of}, ${at}, false, ${at}, ${ada().personId})`;
  await desk.owner.$executeRaw`alter table person_tie enable always trigger guarded`;
  return id;
}

it('a tie of which nobody said since when tells from the beginning, as long as nobody else was the client', async () => {
  const of = await client();
  const person = await tiedUnasked(of);
  expect((await subjectOf(desk.web, person)).spans).toEqual([
    { client: of, from: null, until: null },
  ]);
  const copy = await copied(person);
  expect(await movementsIn(copy.id)).toBe(1);
  expect((await copyOf(copy.id)).leftOut).toEqual([]);
  // With somebody else there before, what the copy holds may be theirs.
  await tied(of, { since: dayBefore(900) });
  expect((await subjectOf(desk.web, person)).spans).toMatchObject([{ from: expect.any(Date) }]);
  const proposal = { id: copy.id, seen: '5', package: copy.digest, ...granting };
  expect(await press(desk, desk.people.mia, proposal)).toMatchObject({
    refusal: { code: 'package-older' },
  });
});

it('a web server that was taken puts no tie on record that tells from the beginning', async () => {
  const of = await client();
  const personId = await tied(await client());
  const since = desk.context.clock();
  await desk.web.personTie.create({
    data: { personId, role: 'client', clientId: of, since, sinceSaid: false },
  });
  const row = await desk.owner.personTie.findFirstOrThrow({ where: { clientId: of } });
  expect(row.sinceSaid).toBe(true);
});
