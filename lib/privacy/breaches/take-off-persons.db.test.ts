/** Who was put on the list of a breach by mistake is taken off it before they were told, and never after. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
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
import { readBreachTextsOf } from './read-breach-texts.ts';
import { takeOffPersons } from './take-off-persons.ts';
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
      { id: other, values: { 'full-name': 'Oskar Braun' } },
      { by: dora().personId, at: desk.context.clock() },
    ),
  );
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const reasons = 'Their name stood in another file of the same folder.';
const takeOff = (id: string, seen: number, persons: string, actor = dora()) =>
  takeOffPersons(actor, { id, seen: `${seen}`, persons, reasons }, desk.context);
const list = async (id: string, seen: number, persons: string) =>
  valueOf(await listPersons(dora(), { id, seen: `${seen}`, persons }, desk.context));
const listOf = async (id: string) =>
  valueOf(await listConcerned(dora(), { id }, desk.context)).persons.map((one) => one.id);
const standingOf = (breachId: string) =>
  desk.owner.privacyBreachStanding.findUniqueOrThrow({ where: { breachId } });

/** Of high risk, with the subject and another on the list, who are to be told: six events. */
async function listed() {
  const breach = await confirmed(desk);
  const { id } = breach;
  await described(desk, id, 2);
  valueOf(await assessed(desk, id, 3, severe));
  await list(id, 4, `${desk.subject} ${other}`);
  const letter = 'A list with your name went to somebody who should not have it.';
  const deciding = { step: 'persons-decided', isTold: 'yes', exception: '', letter, ...plain };
  valueOf(await pressBreach(desk, desk.people.mia, { id, seen: '5', ...deciding }));
  return breach;
}
const tell = async (id: string, seen: number, persons: string) => {
  const told = { sentAt: fieldOf(desk.context.clock()), channel: 'email', proof: 'Log.' };
  const whom = { whom: 'named', persons, others: '60' };
  valueOf(await recordPersonsTold(dora(), { id, seen: `${seen}`, ...told, ...whom }, desk.context));
};
/** As whoever has the web server could write it. */
const put = (breachId: string, seq: number, people: readonly string[], by = dora().personId) =>
  inTransaction(desk.web, async (tx) => {
    await tx.privacyBreachEvent.create({
      data: {
        breachId,
        seq,
        kind: 'persons-taken-off',
        facts: { count: 1 },
        actor: by,
        at: desk.context.clock(),
      },
    });
    await tx.privacyBreachTakenOff.createMany({
      data: people.map((personId) => ({ breachId, personId, seq })),
    });
  });

describe('somebody who is on the list by mistake', () => {
  it('is taken off with the reasons, counts no more, and may come back', async () => {
    const { id, number } = await listed();
    valueOf(await takeOff(id, 6, other));
    expect(await listOf(id)).toEqual([desk.subject]);
    const view = valueOf(await viewBreach(dora(), number, desk.context));
    expect(view.standing.listed).toBe(1);
    expect(view.events.at(-1)).toMatchObject({ kind: 'persons-taken-off', facts: { count: 1 } });
    expect((await standingOf(id)).persons).toBe(1);
    const texts = valueOf(await readBreachTextsOf(dora(), { id }, desk.context));
    expect(texts.at(-1)).toMatchObject({ seq: 7, field: 'reasons', text: reasons });
    await list(id, 7, other);
    expect(await listOf(id)).toHaveLength(2);
    valueOf(await takeOff(id, 8, other));
    expect(await desk.owner.privacyBreachTakenOff.count({ where: { breachId: id } })).toBe(2);
  });

  it('keeps nobody from closing: who stays on the list was told', async () => {
    const { id, number } = await listed();
    await tell(id, 6, desk.subject);
    expect((await standingOf(id)).toldAt).toBe(null);
    valueOf(await takeOff(id, 7, other));
    const { standing } = valueOf(await viewBreach(dora(), number, desk.context));
    expect(standing.toldAt).not.toBe(null);
    expect((await standingOf(id)).toldAt?.toISOString()).toBe(standing.toldAt);
  });

  it('stays once they were told, with whoever was named beside them', async () => {
    const { id } = await listed();
    await tell(id, 6, other);
    expect(await takeOff(id, 7, `${desk.subject} ${other}`)).toMatchObject({
      refusal: { code: 'told', sentence: expect.stringContaining(other) },
    });
    expect(await listOf(id)).toHaveLength(2);
    await expect(put(id, 8, [other])).rejects.toThrow(/was told/);
  });

  it('is taken off by the data protection officer alone, with reasons, and only from the list', async () => {
    const { id } = await listed();
    expect(await takeOff(id, 6, other, desk.people.mia.actor)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    expect(await takeOff(id, 6, newPersonId())).toMatchObject({ refusal: { code: 'not-listed' } });
    expect(await takeOff(id, 6, '')).toMatchObject({ refusal: { code: 'persons-missing' } });
    const without = { id, seen: '6', persons: other, reasons: '' };
    expect((await takeOffPersons(dora(), without, desk.context)).ok).toBe(false);
    expect(await listOf(id)).toHaveLength(2);
  });
});

describe('the database', () => {
  it('takes nobody off without the event, its reasons, its count and the office', async () => {
    const { id } = await listed();
    await expect(put(id, 7, [other], desk.people.ada.actor.personId)).rejects.toThrow(
      /data protection officer/,
    );
    await expect(put(id, 7, [other])).rejects.toThrow(/with the reasons/);
    await expect(put(id, 7, [])).rejects.toThrow(/as many are taken off/);
    await expect(put(id, 7, [newPersonId()])).rejects.toThrow();
    await expect(
      desk.web.privacyBreachTakenOff.create({ data: { breachId: id, personId: other, seq: 5 } }),
    ).rejects.toThrow(/comes with its event/);
    for (const role of [desk.web, desk.worker, desk.owner])
      await expect(role.privacyBreachPerson.deleteMany({})).rejects.toThrow(
        /denied|goes with its file/,
      );
    await expect(desk.owner.privacyBreachTakenOff.deleteMany({})).rejects.toThrow(
      /goes with its file/,
    );
    expect(await listOf(id)).toHaveLength(2);
  });
});
