/** A breach of high risk is closed once everybody on record was told, or two people hold that an exception stands. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  assessed,
  confirmed,
  described,
  plain,
  pressBreach,
  severe,
  withContact,
} from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { listConcerned } from './list-concerned.ts';
import { closeBreach, containBreach } from './move-breach.ts';
import { recordNotified } from './tell-breach.ts';
import { listPersons, recordPersonsTold } from './tell-persons.ts';
import { viewBreach } from './view-breach.ts';

let desk: RequestDesk;
let other: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  await withContact(desk);
  other = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(
      tx,
      { id: other, values: { 'full-name': 'Oskar Braun', email: 'oskar@example.org' } },
      { by: dora().personId, at: desk.context.clock() },
    ),
  );
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const now = () => fieldOf(desk.context.clock());
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
type Step = (
  actor: ReturnType<typeof dora>,
  input: unknown,
  context: RequestDesk['context'],
) => Promise<Result<unknown>>;
const act = (step: Step, id: string, seen: number, more: object = {}) =>
  code(step(dora(), { id, seen: `${seen}`, ...more }, desk.context));
const press = (who: 'mia' | 'ada' | 'dora', id: string, seen: number, more: object) =>
  code(pressBreach(desk, desk.people[who], { id, seen: `${seen}`, ...more }));
const telling = (more: object = {}) => ({
  sentAt: now(),
  channel: 'email',
  proof: 'Log of the mail server.',
  ...more,
});
const close = (id: string, seen: number) =>
  closeBreach(dora(), { id, seen: `${seen}`, note: '' }, desk.context);
/** As whoever has the web server could write it. */
const put = (breachId: string, seq: number, kind: string, facts: object, by = dora().personId) =>
  desk.web.privacyBreachEvent.create({
    data: { breachId, seq, kind, facts: asJson(facts), actor: by, at: desk.context.clock() },
  });
const standingOf = (breachId: string) =>
  desk.owner.privacyBreachStanding.findUniqueOrThrow({ where: { breachId } });

/** Of high risk, of 40 to 60 persons, contained and notified in full: seven events. */
async function severeOne() {
  const breach = await confirmed(desk);
  const { id } = breach;
  await described(desk, id, 2);
  valueOf(await assessed(desk, id, 3, severe));
  const measures = 'The account was closed and the list deleted.';
  expect(await act(containBreach, id, 4, { containedAt: now(), measures })).toBe('done');
  expect(await press('mia', id, 5, { step: 'notification-signed' })).toBe('done');
  const sent = { sentAt: now(), channel: 'portal', reference: 'DSB-1' };
  expect(await act(recordNotified, id, 6, sent)).toBe('done');
  return breach;
}
const deciding = (more: object) => ({ step: 'persons-decided', exception: '', ...more });
const letter = 'A list with your name went to somebody who should not have it.';
const reasons = 'For reasons that stand here in full.';

describe('persons who are to be told', () => {
  it('are all told before it is closed: everybody on the list, and as many as there are at least', async () => {
    const { id, number } = await severeOne();
    expect(await press('mia', id, 7, deciding({ isTold: 'yes', letter, ...plain }))).toBe('done');
    const persons = `${desk.subject} ${other}`;
    expect(await act(listPersons, id, 8, { persons })).toBe('done');
    const one = { whom: 'named', persons: desk.subject };
    expect(await act(recordPersonsTold, id, 9, telling({ ...one, persons: newPersonId() }))).toBe(
      'not-listed',
    );
    expect(await act(recordPersonsTold, id, 9, telling({ ...one, persons: '' }))).toBe(
      'persons-missing',
    );
    expect(await act(recordPersonsTold, id, 9, telling(one))).toBe('done');
    expect(await act(recordPersonsTold, id, 10, telling(one))).toBe('told');
    const concerned = valueOf(await listConcerned(desk.people.mia.actor, { id }, desk.context));
    expect(concerned.persons).toEqual([
      { id: other, isTold: false },
      { id: desk.subject, isTold: true },
    ]);
    const closing = await close(id, 10);
    expect(closing).toMatchObject({
      refusal: { code: 'persons-open', sentence: expect.stringContaining('39 were not told yet') },
    });
    await expect(put(id, 11, 'closed', {})).rejects.toThrow(/persons are told first/);
    // Many others don't stand for the one on the list.
    expect(await act(recordPersonsTold, id, 10, telling({ whom: 'others', others: '60' }))).toBe(
      'done',
    );
    expect(await code(close(id, 11))).toBe('persons-open');
    await expect(put(id, 12, 'closed', {})).rejects.toThrow(/persons are told first/);
    expect((await standingOf(id)).toldAt).toBeNull();
    expect(await act(recordPersonsTold, id, 11, telling({ whom: 'rest' }))).toBe('done');
    expect(await act(recordPersonsTold, id, 12, telling({ whom: 'rest' }))).toBe('count-missing');
    const { standing } = valueOf(await viewBreach(dora(), number, desk.context));
    expect(standing.toldAt).not.toBeNull();
    expect((await standingOf(id)).toldAt?.toISOString()).toBe(standing.toldAt);
    expect(await code(close(id, 12))).toBe('done');
  });

  it('are open again once somebody more is listed', async () => {
    const { id } = await severeOne();
    expect(await press('mia', id, 7, deciding({ isTold: 'yes', letter, ...plain }))).toBe('done');
    expect(await act(listPersons, id, 8, { persons: other })).toBe('done');
    expect(await act(recordPersonsTold, id, 9, telling({ others: '50' }))).toBe('done');
    expect(await act(listPersons, id, 10, { persons: desk.subject })).toBe('done');
    expect((await standingOf(id)).toldAt).toBeNull();
    expect(await code(close(id, 11))).toBe('persons-open');
  });

  it('stand by name: nobody is told twice, and nobody who is not on the list', async () => {
    const { id } = await severeOne();
    expect(await press('mia', id, 7, deciding({ isTold: 'yes', letter, ...plain }))).toBe('done');
    const facts = {
      sentAt: new Date(Date.parse(`${now()}Z`)).toISOString(),
      channel: 'email',
      count: 60,
    };
    await expect(put(id, 9, 'persons-told', { ...facts, listed: 2 })).rejects.toThrow(
      /as many were told/,
    );
    await expect(
      desk.web.privacyBreachTold.create({ data: { breachId: id, personId: other, seq: 1 } }),
    ).rejects.toThrow(/comes with its event/);
    await expect(desk.web.privacyBreachTold.deleteMany({})).rejects.toThrow(/denied/);
    // The worker takes them out with the file alone, and nobody else does.
    for (const role of [desk.worker, desk.owner])
      await expect(role.privacyBreachTold.deleteMany({})).rejects.toThrow(/goes with its file/);
  });
});

describe('what they are told', () => {
  it('holds each part of Article 34(2) before anybody is told, whoever writes it', async () => {
    const { id } = await severeOne();
    expect(await press('mia', id, 7, deciding({ isTold: 'yes', letter, ...plain }))).toBe('done');
    const fields = { breachId: id, seq: 8 };
    const kept = await desk.owner.privacyBreachText.findMany({ where: fields });
    expect(kept.map(({ field }) => field).toSorted()).toEqual([
      'consequences',
      'contact',
      'letter',
      'measures',
    ]);
    // As it was decided before each part had to be there.
    await desk.owner.$executeRaw`alter table privacy_breach_text disable trigger user`;
    for (const field of ['measures', 'contact'] as const) {
      await desk.owner.privacyBreachText.deleteMany({ where: { ...fields, field } });
      expect(await act(recordPersonsTold, id, 8, telling({ others: '60' }))).toBe(
        `${field}-missing`,
      );
      const facts = {
        sentAt: new Date(Date.parse(`${now()}Z`)).toISOString(),
        channel: 'email',
        count: 60,
      };
      await expect(put(id, 9, 'persons-told', { ...facts, listed: 0 })).rejects.toThrow(
        /holds each part/,
      );
      await desk.owner.privacyBreachText.createMany({
        data: kept.filter((text) => text.field === field),
      });
    }
    await desk.owner.$executeRaw`alter table privacy_breach_text enable trigger user`;
    expect(await act(recordPersonsTold, id, 8, telling({ others: '60' }))).toBe('done');
  });

  it('is decided by nobody without its parts', async () => {
    const { id } = await severeOne();
    const wrong = desk.web.$transaction(async (tx) => {
      const at = desk.context.clock();
      const facts = { isTold: true, exception: null };
      const actor = desk.people.mia.actor.personId;
      await tx.privacyBreachEvent.create({
        data: { breachId: id, seq: 8, kind: 'persons-decided', facts, actor, at },
      });
      await tx.$executeRaw`set constraints told_in_full immediate`;
    });
    await expect(wrong).rejects.toThrow(/holds each part/);
  });
});

describe('an exception of Article 34(3)', () => {
  it('stands once another person who decides agrees to it with a key', async () => {
    const { id, number } = await severeOne();
    const agreeing = { step: 'persons-agreed' };
    expect(await press('ada', id, 7, agreeing)).toBe('nothing-decided');
    expect(
      await press('mia', id, 7, deciding({ isTold: 'no', exception: 'unintelligible', reasons })),
    ).toBe('done');
    expect(await close(id, 8)).toMatchObject({
      refusal: { code: 'persons-open', sentence: expect.stringContaining('second person') },
    });
    await expect(put(id, 9, 'closed', {})).rejects.toThrow(/persons are told first/);
    expect((await standingOf(id)).exception).toBeNull();
    expect(await press('mia', id, 8, agreeing)).toBe('same-person');
    expect(await press('dora', id, 8, agreeing)).toBe('not-allowed');
    const { mia, ada } = desk.people;
    await expect(put(id, 9, 'persons-agreed', { of: 8 }, mia.actor.personId)).rejects.toThrow(
      /another person/,
    );
    await expect(put(id, 9, 'persons-agreed', { of: 8 })).rejects.toThrow(/who decides/);
    await expect(put(id, 9, 'persons-agreed', { of: 7 }, ada.actor.personId)).rejects.toThrow(
      /another person/,
    );
    await expect(put(id, 9, 'persons-agreed', { of: 8 }, ada.actor.personId)).rejects.toThrow(
      /what was signed/,
    );
    expect(await press('ada', id, 8, agreeing)).toBe('done');
    expect(await press('ada', id, 9, agreeing)).toBe('nothing-decided');
    expect((await standingOf(id)).exception).toBe('unintelligible');
    expect(valueOf(await viewBreach(dora(), number, desk.context)).arePersonsSettled).toBe(true);
    expect(await code(close(id, 9))).toBe('done');
  });

  it('by which it is made public is one of two people as well, and closed after the publication', async () => {
    const { id } = await severeOne();
    const decided = deciding({
      isTold: 'no',
      exception: 'disproportionate',
      letter,
      ...plain,
      reasons,
    });
    expect(await press('mia', id, 7, decided)).toBe('done');
    expect(await act(recordPersonsTold, id, 8, telling({ channel: 'public' }))).toBe(
      'nothing-agreed',
    );
    expect(await press('ada', id, 8, { step: 'persons-agreed' })).toBe('done');
    expect(await close(id, 9)).toMatchObject({
      refusal: { code: 'persons-open', sentence: expect.stringContaining('public communication') },
    });
    await expect(put(id, 10, 'closed', {})).rejects.toThrow(/persons are told first/);
    expect(await act(recordPersonsTold, id, 9, telling({ channel: 'public' }))).toBe('done');
    expect(await code(close(id, 10))).toBe('done');
  });

  it('falls with a new assessment', async () => {
    const { id } = await severeOne();
    expect(
      await press('mia', id, 7, deciding({ isTold: 'no', exception: 'unintelligible', reasons })),
    ).toBe('done');
    valueOf(await assessed(desk, id, 8, severe));
    expect(await press('ada', id, 9, { step: 'persons-agreed' })).toBe('nothing-decided');
    await expect(
      put(id, 10, 'persons-agreed', { of: 8 }, desk.people.ada.actor.personId),
    ).rejects.toThrow(/another person/);
  });
});
