/** People whose time is over are handed to the way of every erasure, once, and are left where something came up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryErasure, stepErasure } from '../../erasure/erasure-desk.ts';
import { held, holding as holdOf } from '../../testing/hold-desk.ts';
import { erasureNeeds } from '../../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, parted } from '../../testing/retention-night.ts';
import { openHold } from '../holds/open-hold.ts';
import { WorkOff } from './work-off.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const workOff = () => new WorkOff({ db: desk.worker, clock: desk.context.clock }).look();
const itemsOf = (subject: string) =>
  desk.owner.retentionItem.findMany({ where: { subject }, orderBy: { rule: 'asc' } });
const erasuresOf = (personId: string) => desk.owner.personErasure.findMany({ where: { personId } });
const fieldsOf = async (personId: string) =>
  (await desk.owner.personValue.findMany({ where: { personId }, orderBy: { field: 'asc' } })).map(
    ({ field }) => field,
  );

describe('people whose time is over', () => {
  it('lose what each rule names, and go whole when nothing has to be kept any more', async () => {
    const fresh = await parted(desk, { years: 1, client: 'C-91001' });
    const old = await parted(desk, { years: 6, client: 'C-91002' });
    const first = await night(desk);
    await approve(desk, first, 'relationship');
    await approve(desk, first, 'aml-relationship');
    await night(desk);
    await workOff();
    await workOff();
    expect(await erasuresOf(fresh)).toMatchObject([
      { cause: 'retention', scope: 'part', fields: ['email'], state: 'due' },
    ]);
    // Both rules at once, and once.
    expect(await erasuresOf(old)).toMatchObject([{ cause: 'retention', scope: 'whole' }]);
    expect((await itemsOf(old)).map(({ state }) => state)).toEqual(['begun', 'begun']);
    const needs = erasureNeeds(desk);
    for (const person of [fresh, old])
      for (const { id } of await erasuresOf(person))
        expect(await carryErasure(needs, id)).toBe('proved');
    expect(await fieldsOf(fresh)).toEqual(['document-number', 'full-name']);
    expect(await fieldsOf(old)).toEqual([]);
    expect(await desk.owner.person.findUnique({ where: { id: old } })).toMatchObject({
      keyId: null,
    });
    for (const person of [fresh, old])
      expect(new Set((await itemsOf(person)).map(({ state }) => state))).toEqual(new Set(['done']));
    // Nobody who is gone is found again.
    const before = await desk.owner.retentionItem.count();
    await night(desk);
    expect(await desk.owner.retentionItem.count()).toBe(before);
  });

  it('that are held, or became clients again since the run, are left with the reason', async () => {
    const one = await parted(desk, { years: 6, client: 'C-92001' });
    const other = await parted(desk, { years: 6, client: 'C-92002' });
    await night(desk);
    await held(desk, { person: one });
    await desk.web.personTie.create({
      data: { personId: other, role: 'client', clientId: 'C-92002', since: new Date() },
    });
    await workOff();
    expect([await erasuresOf(one), await erasuresOf(other)]).toEqual([[], []]);
    expect((await itemsOf(one)).map(({ state, reason }) => [state, reason])).toEqual([
      ['left', 'A legal hold covers it'],
      ['left', 'A legal hold covers it'],
    ]);
    expect(new Set((await itemsOf(other)).map(({ reason }) => reason))).toEqual(
      new Set(['It is due no more']),
    );
    expect(await fieldsOf(one)).toEqual(['document-number', 'email', 'full-name']);
  });

  it('are not held any more once their values are out, and are while they only wait', async () => {
    const [gone, waits] = [
      await parted(desk, { years: 6, client: 'C-93001' }),
      await parted(desk, { years: 6, client: 'C-93002' }),
    ];
    await night(desk);
    await workOff();
    const needs = erasureNeeds(desk);
    const [erasure] = await erasuresOf(gone);
    while ((await erasuresOf(gone))[0]?.state !== 'removed')
      await stepErasure(needs, erasure?.id ?? '');
    const holding = (person: string) =>
      openHold(desk.people.mia.actor, { ...holdOf(desk), person }, desk.context);
    expect(await holding(gone)).toMatchObject({ refusal: { code: 'erasure-under-way' } });
    expect(await holding(waits)).toMatchObject({ ok: true });
    for (const { id } of await erasuresOf(waits))
      expect(await carryErasure(needs, id)).toBe('left');
    expect(await fieldsOf(waits)).toEqual(['document-number', 'email', 'full-name']);
    expect(new Set((await itemsOf(waits)).map(({ state }) => state))).toEqual(new Set(['left']));
  });
});
