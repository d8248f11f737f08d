/** Texts of breaches and reasons of legal holds that name somebody who is erased. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { readBreachTextsOf } from '../breaches/read-breach-texts.ts';
import { noteBreach } from '../breaches/move-breach.ts';
import { readHoldTexts } from '../retention/holds/read-hold-texts.ts';
import { openTexts } from '../requests/sealed-texts.ts';
import { reported } from '../testing/breach-desk.ts';
import {
  decidedErasure,
  erasureNeeds,
  planFor,
  askedToErase,
  somebody,
} from '../testing/erasure-desk.ts';
import { prepareLift } from '../retention/holds/prepare-lift.ts';
import { submitLift } from '../retention/holds/submit-lift.ts';
import { held, lifted, pressLift } from '../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const named = (name: string) => somebody(desk, { 'full-name': name });
const erase = async (person: string) => {
  const { erasure } = await decidedErasure(desk, person);
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  return desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
};
const breachTexts = async (id: string) =>
  valueOf(await readBreachTextsOf(desk.people.dora.actor, { id }, desk.context)).map(
    ({ text }) => text,
  );
const holdTexts = async (id: string) =>
  valueOf(await readHoldTexts(desk.people.dora.actor, { id }, desk.context)).map(
    ({ text }) => text,
  );

describe('a text of a breach', () => {
  it('is on record with whom it names, counts in the plan, and stays whoever else is erased', async () => {
    const person = await named('Thaddea Rosenkilde');
    const description = 'Thaddea Rosenkilde got a list of clients.';
    const { id } = await reported(desk, { description });
    valueOf(
      await noteBreach(
        desk.people.dora.actor,
        { id, seen: '1', note: 'She was told.' },
        desk.context,
      ),
    );
    expect(await mentionsOf(desk.owner, person)).toMatchObject([{ table: 'privacy_breach_text' }]);
    const plan = await planFor(desk, person, await askedToErase(desk, person, 'erasure'));
    expect(plan.lines.find(({ code }) => code === 'texts')).toMatchObject({ count: 1 });

    const other = await named('Never Mentioned');
    expect(await erase(other)).toMatchObject({ gone: { texts: 0 } });
    expect(await breachTexts(id)).toEqual([description, 'She was told.']);
  });

  it('is found although it is older than what is known of the person, and sealed with its file anew', async () => {
    const { id } = await reported(desk, { description: 'Eilif Grunewald got a list of clients.' });
    valueOf(
      await noteBreach(
        desk.people.dora.actor,
        { id, seen: '1', note: 'It was told.' },
        desk.context,
      ),
    );
    const person = await named('Eilif Grunewald');
    expect(await mentionsOf(desk.owner, person)).toEqual([]);
    const before = await desk.owner.privacyBreachText.findMany({ where: { breachId: id } });
    const { keyId } = await desk.owner.privacyBreach.findUniqueOrThrow({ where: { id } });
    expect(await erase(person)).toMatchObject({ gone: { texts: 1, keptTexts: 0 } });
    expect(await breachTexts(id)).toEqual([`${BLACK} got a list of clients.`, 'It was told.']);
    expect(await mentionsOf(desk.owner, person)).toEqual([]);
    // What a backup from before holds.
    expect(await dataKeys().missing([keyId])).toEqual([keyId]);
    expect((await openTexts(id, before, 'privacy-breach')).map(({ text }) => text)).toEqual([
      null,
      null,
    ]);
    const after = await desk.owner.privacyBreachText.findMany({
      where: { breachId: id },
      orderBy: { seq: 'asc' },
    });
    expect(after.map(({ redacted }) => redacted !== null)).toEqual([true, false]);
    expect(after.map(({ commitment }) => commitment).toSorted()).toEqual(
      before.map(({ commitment }) => commitment).toSorted(),
    );
    // The file goes on under its new key.
    valueOf(
      await noteBreach(
        desk.people.dora.actor,
        { id, seen: '2', note: 'It is over.' },
        desk.context,
      ),
    );
  });
});

describe('reasons of a legal hold', () => {
  it('stay while it stands, with the count of it, and go once it was lifted', async () => {
    const [first, second] = [await named('Ottilie Marchetti'), await named('Rurik Vandenberg')];
    const reasons = 'Ottilie Marchetti and Rurik Vandenberg sue us over a transfer of May.';
    const { id } = await held(desk, { reasons });
    expect(await erase(first)).toMatchObject({ gone: { texts: 0, keptTexts: 1 } });
    expect(await holdTexts(id)).toEqual([reasons]);
    await lifted(desk, id);
    expect(await erase(second)).toMatchObject({ gone: { texts: 1, keptTexts: 0 } });
    expect((await holdTexts(id))[0]).toBe(
      `Ottilie Marchetti and ${BLACK} sue us over a transfer of May.`,
    );
  });
});

describe('a reason that waits for its signature', () => {
  it('is refused where somebody was erased meanwhile, and goes when it is written anew', async () => {
    const person = await named('Casimir Lindqvist');
    const { id } = await held(desk);
    const { actor, key } = desk.people.mia;
    const lift = { id, seen: '1', step: 'lift-proposed' };
    const reasons = 'Casimir Lindqvist took the claim back.';
    const { nonce, options } = valueOf(
      await prepareLift(actor, { ...lift, reasons }, desk.context),
    );
    await erase(person);
    const { origin } = desk.context.settings;
    const assertion = key.assert({ challenge: options.challenge, origin });
    expect(await submitLift(actor, { nonce, assertion }, desk.context)).toMatchObject({
      refusal: { code: 'names-erased' },
    });
    expect((await holdTexts(id)).length).toBe(1);
    const anew = { ...lift, reasons: 'The claim was taken back.' };
    valueOf(await pressLift(desk, desk.people.mia, anew));
    expect((await holdTexts(id)).length).toBe(2);
  });
});

describe('the database', () => {
  const state = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => sqlStateOf(error),
    );

  it('shows the worker these texts only while somebody is erased, and changes a key by nobody else', async () => {
    const { id } = await reported(desk, {});
    const shown = () =>
      desk.worker.$queryRaw<
        unknown[]
      >`select commitment from file_texts_while_erasing('', 10::int)`;
    expect(await shown()).toEqual([]);
    const [key = ''] = await dataKeys().make(1);
    const rekeyed = (db: RequestDesk['web']) =>
      db.privacyBreach.updateMany({ where: { id }, data: { keyId: key } });
    expect(await state(rekeyed(desk.web))).toBe('42501');
    expect(await state(rekeyed(desk.worker))).toBe('CS001');
    expect(
      await state(
        desk.worker.$executeRaw`update privacy_breach_text set sealed = decode('00', 'hex')`,
      ),
    ).toBe('CS002');
    // Behind the trail it is another key, and nothing else.
    const { number } = await desk.owner.privacyBreach.findUniqueOrThrow({ where: { id } });
    await inTransaction(desk.worker, (tx) =>
      appendAudit(tx, {
        kind: 'text-redacted',
        subject: number,
        actor: 'worker',
        at: desk.context.clock(),
        facts: {},
      }),
    );
    expect(
      await state(
        desk.owner.$executeRaw`update privacy_breach set opened_by = 'x' where id = ${id}::uuid`,
      ),
    ).toBe('CS001');
  });
});
