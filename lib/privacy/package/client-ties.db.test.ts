/** One person who ties an accomplice to a client gets nothing of that client out with a copy. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { deposit } from '#lib/ledger/testing/books.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { collectSystem } from '../collect/collect-system.ts';
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
import { tiedLongAgo } from '../testing/tied-long-ago.ts';
import { accessPackage, portabilityPackage } from './package-schema.ts';
import { readPreview } from './read-preview.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const dora = () => desk.people.dora.actor;

let clients = 70_100;
/** A client whose account has a movement. */
async function client(): Promise<string> {
  const id = `C-${(clients += 1)}`;
  await desk.owner.client.create({ data: { id } });
  await deposit(desk.books, id, 5_000_000_000n);
  return id;
}
const tied = async (of: string): Promise<string> =>
  valueOf(
    await recordPerson(
      desk.people.ada.actor,
      { client: of, role: 'client', source: 'form', 'full-name': 'Kim Accomplice' },
      desk.context,
    ),
  ).id;

/** Received and identified as this person, with the vault collected: three events. */
async function asked(person: string, right = 'access'): Promise<string> {
  const { id } = await received(desk, { right });
  const known = { person, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora(), { id, seen: '1', ...known }, desk.context));
  valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
  return id;
}
const built = (id: string): Promise<string> => buildPackage(desk, id, () => 'in', { again: 'yes' });
const copyOf = async (id: string) =>
  accessPackage.parse(
    JSON.parse(textOf(unzipped(await zipOf(desk, id))['your-data.json'])) as unknown,
  );
const movementsIn = async (id: string) =>
  (await copyOf(id)).systems['ledger']?.records.map(({ facts }) => facts['account']) ?? [];
const advise = async (id: string, seen: string) =>
  valueOf(
    await giveOpinion(
      dora(),
      { id, seen, opinion: 'for', text: 'They have the right to it.' },
      desk.context,
    ),
  );
const reviewing = { seen: '3', blockers: [], reasons: 'The agreement was looked at.' };

it('a tie of yesterday gives nothing of its client until somebody else confirmed it in the legal review', async () => {
  const of = await client();
  const person = await tied(of);
  const id = await asked(person);
  const digest = await built(id);
  expect(await movementsIn(id)).toEqual([]);
  const { leftOut } = await copyOf(id);
  expect(leftOut).toEqual([
    {
      what: 'Clients of whom nothing is in it, or not of all the time',
      records: 1,
      ground: 'others-rights',
      why: expect.stringContaining('Article 15(4) GDPR'),
    },
  ]);
  const { ties } = valueOf(await readPreview(dora(), { id }, desk.context));
  expect(ties).toMatchObject([
    {
      client: of,
      take: 'out',
      grounds: ['young', 'after-request'],
      confirmedBy: null,
      recordedBy: desk.people.ada.actor.personId,
      recordedAt: expect.any(String),
    },
  ]);

  const [shown] = valueOf(await viewRequest(dora(), id, desk.context)).ties;
  valueOf(await reviewRequest(dora(), { id, ...reviewing, ties: [shown?.key] }, desk.context));
  await advise(id, '4');
  // What was built before knows nothing of it.
  const { mia, ben } = desk.people;
  const proposal = { id, seen: '5' };
  expect(await code(press(desk, mia, { ...proposal, ...grantingInPart, package: digest }))).toBe(
    'package-older',
  );
  const newer = await built(id);
  expect(await movementsIn(id)).toEqual([`client/${of}/SOL`]);
  expect((await copyOf(id)).leftOut).toEqual([]);
  valueOf(await press(desk, mia, { ...proposal, ...granting, package: newer }));
  valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
});

it('a copy tells what moved while the tie stood, nothing from before it and nothing after its end', async () => {
  const of = await client();
  const person = await tied(of);
  await tiedLongAgo(desk.owner, of);
  const before = await client();
  await desk.owner.$executeRaw`alter table person_tie disable trigger guarded`;
  await desk.owner.$executeRaw`
    insert into person_tie (person_id, role, client_id, since, recorded_at, recorded_by) values
      (${person}, 'client', ${before}, clock_timestamp() + interval '1 day', now() - interval '90 days', 'p-aaaaaaaaaa')`;
  await desk.owner.$executeRaw`alter table person_tie enable always trigger guarded`;
  const id = await asked(person);
  await built(id);
  expect(await movementsIn(id)).toEqual([`client/${of}/SOL`]);
  // It ended yesterday, so what moved today is not theirs.
  const day = new Date(desk.context.clock().getTime() - 86_400_000).toISOString().slice(0, 10);
  const ended = { person, client: of, role: 'client', endedOn: day };
  valueOf(await endTie(desk.people.ada.actor, ended, desk.context));
  await built(id);
  expect(await movementsIn(id)).toEqual([]);
  expect((await copyOf(id)).leftOut).toMatchObject([
    { what: expect.stringContaining('Clients') },
    { what: expect.stringContaining('before or after'), records: 1 },
  ]);
});

it('a further client, and a tie by who works on the request, give nothing however old they are', async () => {
  const of = await client();
  const person = await tied(of);
  await tiedLongAgo(desk.owner, of);
  const second = await client();
  await desk.web.personTie.create({
    data: {
      personId: person,
      role: 'client',
      clientId: second,
      since: desk.context.clock(),
      recordedBy: dora().personId,
    },
  });
  await tiedLongAgo(desk.owner, second);
  const id = await asked(person);
  await built(id);
  expect(await movementsIn(id)).toEqual([`client/${of}/SOL`]);
  const { ties } = valueOf(await readPreview(dora(), { id }, desk.context));
  expect(ties.map(({ client: one, grounds }) => [one, grounds])).toEqual([
    [of, []],
    [second, ['further', 'same-person']],
  ]);
  // Who recorded a tie does not confirm it.
  const key = valueOf(await viewRequest(dora(), id, desk.context)).ties.at(-1)?.key;
  const review = { id, ...reviewing, ties: [key] };
  expect(await code(reviewRequest(dora(), review, desk.context))).toBe('same-person');
});

it('a tie that was recorded after the request came in gives nothing, whoever is known since when', async () => {
  const of = await client();
  const { id } = await received(desk);
  const person = await tied(of);
  const known = { person, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora(), { id, seen: '1', ...known }, desk.context));
  const [tie] = valueOf(await viewRequest(dora(), id, desk.context)).ties;
  expect(tie).toMatchObject({ take: 'out', grounds: ['young', 'after-request'] });
});

it('who recorded a tie neither proposes nor approves the copy that rests on it alone', async () => {
  const of = await client();
  const person = await tied(of);
  await tiedLongAgo(desk.owner, of);
  const id = await asked(person);
  const digest = await built(id);
  valueOf(await reviewRequest(dora(), { id, ...reviewing }, desk.context));
  await advise(id, '4');
  valueOf(await press(desk, desk.people.mia, { id, seen: '5', ...granting, package: digest }));
  expect(await code(press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }))).toBe(
    'package-older',
  );
  valueOf(await press(desk, desk.people.ben, { id, seen: '6', step: 'approved' }));
});

it('a portability copy leaves the client of such a tie out, and is granted in part alone', async () => {
  const of = await client();
  const id = await asked(await tied(of), 'portability');
  const digest = await built(id);
  const text = textOf(unzipped(await zipOf(desk, id))['your-data.json']);
  const copy = portabilityPackage.parse(JSON.parse(text) as unknown);
  expect(copy.ledger).toEqual([]);
  expect(copy.leftOut).toMatchObject([
    { records: 1, ground: 'others-rights' },
    { records: 1, ground: 'not-provided' },
  ]);
  valueOf(await reviewRequest(dora(), { id, ...reviewing }, desk.context));
  await advise(id, '4');
  const proposal = { id, seen: '5', package: digest };
  expect(await code(press(desk, desk.people.mia, { ...proposal, ...granting }))).toBe('left-out');
  const part = { ...grantingInPart, grounds: ['others-rights', 'not-provided'] };
  expect(await code(press(desk, desk.people.mia, { ...proposal, ...part }))).toBe('done');
});

it('a web server that was taken proposes no copy that tells by a tie which nobody confirmed', async () => {
  const of = await client();
  const person = await tied(of);
  await tiedLongAgo(desk.owner, of);
  const id = await asked(person);
  const digest = await built(id);
  valueOf(await reviewRequest(dora(), { id, ...reviewing }, desk.context));
  await advise(id, '4');
  const propose = (actor: string) =>
    inTransaction(desk.web, (tx) =>
      tx.privacyRequestEvent.create({
        data: {
          requestId: id,
          seq: 6,
          kind: 'proposed',
          actor,
          at: desk.context.clock(),
          facts: {
            decision: 'grant',
            grounds: [],
            earlier: [],
            events: 'a'.repeat(64),
            package: digest,
            plan: null,
          },
        },
      }),
    ).then(
      () => null,
      (error: unknown) => `${sqlStateOf(error)} ${String(error).includes('nobody confirmed')}`,
    );
  expect(await propose(desk.people.ada.actor.personId)).toBe('CS002 true');
});

it('the database alone says when a tie came on record, and nobody changes who recorded it', async () => {
  const of = await client();
  const person = await tied(of);
  const next = await client();
  const long = new Date('2020-01-01T00:00:00Z');
  const made = { personId: person, role: 'client', clientId: next, since: long, recordedAt: long };
  await desk.web.personTie.create({ data: { ...made, recordedBy: randomUUID() } });
  const [row] = await desk.web.personTie.findMany({ where: { clientId: next } });
  expect(row?.recordedAt.getTime()).toBeGreaterThan(Date.now() - 600_000);
  await expect(
    desk.owner.personTie.updateMany({ where: { clientId: next }, data: { recordedBy: null } }),
  ).rejects.toThrow('only ends');
});
