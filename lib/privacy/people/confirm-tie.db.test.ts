/** Who confirms that a person is a client on the page of the person, and what their copy tells then. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { deposit } from '#lib/ledger/testing/books.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { accessPackage } from '../package/package-schema.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { viewRequest } from '../requests/view-request.ts';
import { collectSystem } from '../collect/collect-system.ts';
import {
  built,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { received } from '../testing/request-desk.ts';
import { confirmTie } from './confirm-tie.ts';
import { recordPerson } from './record-person.ts';
import { viewPersonFile } from './view-person.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

let clients = 72_100;
/** Somebody who is a client with a movement, recorded by them today. */
async function tied(by: Actor): Promise<{ person: string; client: string }> {
  const client = `C-${(clients += 1)}`;
  await desk.owner.client.create({ data: { id: client } });
  await deposit(desk.books, client, 5_000_000_000n);
  const given = { client, role: 'client', source: 'form', 'full-name': 'Kim Client' };
  return { person: valueOf(await recordPerson(by, given, desk.context)).id, client };
}
const sinceOf = async (person: string): Promise<string> => {
  const tie = await desk.owner.personTie.findFirstOrThrow({ where: { personId: person } });
  return tie.since.toISOString();
};
async function confirmed(actor: Actor, tie: { person: string; client: string }): Promise<string> {
  const given = { ...tie, since: await sinceOf(tie.person) };
  const result = await confirmTie(actor, given, desk.context);
  return result.ok ? 'done' : result.refusal.code;
}
const { dora, ada, mia, ben } = {
  dora: () => desk.people.dora.actor,
  ada: () => desk.people.ada.actor,
  mia: () => desk.people.mia.actor,
  ben: () => desk.people.ben.actor,
};
/** A request of theirs, with the vault collected: three events. */
async function asked(person: string): Promise<string> {
  const { id } = await received(desk, { right: 'access' });
  const known = { person, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(dora(), { id, seen: '1', ...known }, desk.context));
  valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
  return id;
}
const tieOf = async (id: string) => valueOf(await viewRequest(dora(), id, desk.context)).ties[0];
/** The data protection officer reviews it and confirms every tie. */
async function reviewed(id: string): Promise<string> {
  const review = { id, seen: '3', blockers: [], reasons: 'The agreement was looked at.' };
  const key = (await tieOf(id))?.key;
  const result = await reviewRequest(dora(), { ...review, ties: [key] }, desk.context);
  return result.ok ? 'done' : result.refusal.code;
}
async function movementsIn(id: string): Promise<number> {
  await built(desk, id, () => 'in', { again: 'yes' });
  const text = textOf(unzipped(await zipOf(desk, id))['your-data.json']);
  const copy = accessPackage.parse(JSON.parse(text) as unknown);
  return copy.systems['ledger']?.records.length ?? 0;
}

it('a tie that the only data protection officer recorded is told once an officer confirmed it', async () => {
  const tie = await tied(dora());
  const id = await asked(tie.person);
  expect(await tieOf(id)).toMatchObject({ take: 'out', isYours: true });
  expect(await reviewed(id)).toBe('same-person');
  expect(await movementsIn(id)).toBe(0);
  expect(await confirmed(ada(), tie)).toBe('done');
  expect(await tieOf(id)).toMatchObject({ take: 'in', confirmedBy: ada().personId });
  expect(await movementsIn(id)).toBe(1);
  expect(
    await desk.owner.auditEntry.count({
      where: { subject: tie.person, kind: 'person-tie-confirmed', actor: ada().personId },
    }),
  ).toBe(1);
});

it('nobody confirms the tie that they recorded, nor one that is not there, nor without the right to', async () => {
  const tie = await tied(ada());
  expect(await confirmed(ada(), tie)).toBe('same-person');
  expect(await confirmed(mia(), tie)).toBe('not-allowed');
  expect(await confirmed(dora(), { ...tie, client: 'C-99999' })).toBe('tie-unknown');
  const seen = async (actor: Actor) =>
    valueOf(await viewPersonFile(actor, tie.person, desk.context)).ties;
  expect(await seen(ada())).toMatchObject([{ isConfirmable: false, confirmer: null }]);
  expect(await seen(dora())).toMatchObject([{ isConfirmable: true }]);
  expect(await confirmed(dora(), tie)).toBe('done');
  expect(await seen(dora())).toMatchObject([
    { isConfirmable: false, confirmer: expect.any(String) },
  ]);
});

it('a web server that was taken confirms no tie for its recorder, nor past the trail', async () => {
  const tie = await tied(ada());
  const set = (confirmedBy: string) =>
    desk.web.personTie.updateMany({ where: { personId: tie.person }, data: { confirmedBy } }).then(
      () => 'done',
      (error: unknown) => sqlStateOf(error),
    );
  expect(await set(ada().personId)).toBe('CS002');
  expect(await set(dora().personId)).toBe('CS002');
});

it('a tie of which nothing says who recorded it is told only once two people confirmed it', async () => {
  const tie = await tied(ada());
  await desk.owner.$executeRaw`alter table person_tie disable trigger guarded`;
  await desk.owner.personTie.updateMany({
    where: { personId: tie.person },
    data: { recordedBy: null },
  });
  await desk.owner.$executeRaw`alter table person_tie enable always trigger guarded`;
  const id = await asked(tie.person);
  expect(await reviewed(id)).toBe('done');
  expect(await tieOf(id)).toMatchObject({ take: 'out' });
  // The same person twice is one.
  expect(await confirmed(dora(), tie)).toBe('done');
  expect(await tieOf(id)).toMatchObject({ take: 'out' });
  expect(await movementsIn(id)).toBe(0);
  expect(await confirmed(ben(), tie)).toBe('done');
  expect(await movementsIn(id)).toBe(1);
});
