/** Texts that name somebody whose data are restricted, as people read them: against the real database and key service. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { unreadable } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { readTextsFor, withheld } from '#lib/persons/texts/restricted.ts';
import { readBreachTextsOf } from '../breaches/read-breach-texts.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { readRequestTexts } from '../requests/read-texts.ts';
import { readHoldTexts } from '../retention/holds/read-hold-texts.ts';
import { reported } from '../testing/breach-desk.ts';
import { damaged, tampered } from '../testing/broken-rows.ts';
import { noted, somebody } from '../testing/erasure-desk.ts';
import { held, lifted, liftingsProved } from '../testing/hold-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { identified, liftedByTwoUnproved, restricted } from '../testing/restriction-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
/** Somebody under a restriction. */
async function restrictedPerson(name: string, more: object = {}, values = {}) {
  const subject = await somebody(desk, { 'full-name': name, ...values });
  const { id } = await identified({ ...desk, subject }, 'restriction');
  return { subject, request: id, restriction: await restricted(desk, id, more) };
}
const shownNote = async (commitment: string) => {
  const row = await desk.owner.breakNote.findUniqueOrThrow({ where: { commitment } });
  return (await readTextsFor(desk.web, 'operation', 'break_note', [row]))[0];
};
const breachTexts = async (id: string) =>
  valueOf(await readBreachTextsOf(dora(), { id }, desk.context)).map(({ text }) => text);
const holdTexts = async (id: string) =>
  valueOf(await readHoldTexts(dora(), { id }, desk.context)).map(({ text }) => text);
const requestTexts = async (id: string, more: object = {}) =>
  new Map(
    valueOf(await readRequestTexts(dora(), { id, ...more }, desk.context)).map(
      ({ field, text }) => [field, text],
    ),
  );
const over = (breachId: string) =>
  tampered(desk, 'privacy_breach_standing', (tx) =>
    tx.privacyBreachStanding.updateMany({ where: { breachId }, data: { state: 'closed' } }),
  );

describe('a note that names somebody who is restricted', () => {
  it('shows others and not them, until the lifting of the restriction is proved', async () => {
    const { restriction } = await restrictedPerson('Rosamund Everhart');
    await somebody(desk, { 'full-name': 'Rosamund Altmann' });
    const text = 'Rosamund Everhart and Rosamund Altmann called; Ms Everhart agreed.';
    const note = await noted(desk, text);
    const black = `${BLACK} and Rosamund Altmann called; Ms ${BLACK} agreed.`;
    expect(await shownNote(note)).toBe(black);
    await liftedByTwoUnproved(desk, restriction);
    expect(await shownNote(note)).toBe(black);
    await liftingsProved(desk);
    expect(await shownNote(note)).toBe(text);
  });

  it('shows what a restriction of some fields leaves', async () => {
    const email = 'w.ashgrove@example.org';
    await restrictedPerson('Winifred Ashgrove', { fields: ['email'] }, { email });
    const note = await noted(desk, `Winifred Ashgrove wrote from ${email}.`);
    expect(await shownNote(note)).toBe(`Winifred Ashgrove wrote from ${BLACK}.`);
  });

  it('is not shown at all where what is theirs can’t be told, and while keys are away', async () => {
    const { subject } = await restrictedPerson('Ludovica Farrant');
    const note = await noted(desk, 'Ludovica Farrant called.');
    vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
    expect(await shownNote(note)).toBe(unreadable);
    vi.unstubAllEnvs();
    await tampered(desk, 'person_value', async (tx) => {
      const [row] = await tx.personValue.findMany({ where: { personId: subject } });
      const sealed = damaged(row?.sealed ?? new Uint8Array()).subarray(0, 46);
      await tx.personValue.updateMany({ where: { personId: subject }, data: { sealed } });
    });
    expect(await shownNote(note)).toBe(withheld);
  });
});

describe('a text of a breach', () => {
  it('names them while it is dealt with, and no longer once it is over', async () => {
    await restrictedPerson('Cordula Steinmetz');
    const description = 'Cordula Steinmetz got a list of clients.';
    const { id } = await reported(desk, { description });
    expect(await breachTexts(id)).toEqual([description]);
    await over(id);
    expect(await breachTexts(id)).toEqual([`${BLACK} got a list of clients.`]);
  });

  it('never names them where the restriction leaves no such ground', async () => {
    await restrictedPerson('Theophil Wagenknecht', { allows: ['legal-claims'] });
    const { id } = await reported(desk, { description: 'Theophil Wagenknecht got a list.' });
    expect(await breachTexts(id)).toEqual([`${BLACK} got a list.`]);
  });
});

it('the reason of a legal hold names them for the claim alone, while it stands', async () => {
  await restrictedPerson('Gerlinde Obermayr');
  await restrictedPerson('Ottokar Lindner', { allows: ['consent'] });
  const reasons = 'Gerlinde Obermayr and Ottokar Lindner sue us over a transfer.';
  const { id } = await held(desk, { reasons });
  expect(await holdTexts(id)).toEqual([`Gerlinde Obermayr and ${BLACK} sue us over a transfer.`]);
  await lifted(desk, id);
  expect((await holdTexts(id))[0]).toBe(`${BLACK} and ${BLACK} sue us over a transfer.`);
});

describe('a request', () => {
  it('of somebody else shows all but them, to the data protection officer as well, whatever it is said to be opened for', async () => {
    await restrictedPerson('Severina Kaltenbach');
    const message = 'Send me what you hold. Severina Kaltenbach is my sister.';
    const { id } = await received(desk, { message });
    // Until somebody is identified the sender may be the restricted one.
    expect((await requestTexts(id)).get('message')).toBe(message);
    const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in.' };
    valueOf(await identifyPerson(dora(), { id, seen: '1', ...person }, desk.context));
    const shown = await requestTexts(id);
    expect(shown.get('message')).toBe(`Send me what you hold. ${BLACK} is my sister.`);
    expect(shown.get('name')).toBe('Änne Müller');
    expect((await requestTexts(id, { purpose: 'claim' })).get('message')).toBe(
      shown.get('message'),
    );
  });

  it('of their own goes on in full', async () => {
    const subject = await somebody(desk, { 'full-name': 'Apollonia Brenner' });
    const message = 'Apollonia Brenner asks for it.';
    const { id } = await received(desk, { right: 'restriction', message });
    const person = { person: subject, ground: 'signed-in', proof: 'Signed in.' };
    valueOf(await identifyPerson(dora(), { id, seen: '1', ...person }, desk.context));
    await restricted(desk, id);
    expect((await requestTexts(id)).get('message')).toBe(message);
  });
});
