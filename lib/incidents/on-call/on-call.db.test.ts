import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf, openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { listOnCall } from './list-on-call.ts';
import { endTurn, setTurn } from './set-turn.ts';
import { whoIsOnCall } from './who-is-on-call.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const hourMs = 3_600_000;
const inHours = (hours: number): string =>
  fieldOf(new Date(desk.context.clock().getTime() + hours * hourMs));
const turn = (more: object = {}) => ({
  person: desk.people.ben.actor.personId,
  level: '1',
  from: inHours(-1),
  until: inHours(8),
  ...more,
});
const set = (input: object, who: keyof IncidentDesk['people'] = 'mia') =>
  setTurn(desk.people[who].actor, input, desk.context);
const codeOf = async (acting: ReturnType<typeof set>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const view = async () => valueOf(await listOnCall(desk.people.ida.actor, desk.context));
const audited = () => desk.owner.auditEntry.count({ where: { kind: 'on-call-changed' } });

describe('a turn on call', () => {
  it('covers its level from its beginning to its end, and ends when somebody ends it', async () => {
    expect((await view()).uncovered).toEqual([1, 2, 3]);
    const before = await audited();
    const { id } = valueOf(await set(turn()));
    expect((await view()).uncovered).toEqual([2, 3]);
    const { personId } = desk.people.ben.actor;
    const now = desk.context.clock();
    const at = (hours: number) => new Date(now.getTime() + hours * hourMs);
    expect(await whoIsOnCall(desk.worker, 1, now)).toEqual([personId]);
    expect(await whoIsOnCall(desk.worker, 2, now)).toEqual([]);
    expect(await whoIsOnCall(desk.worker, 1, at(-2))).toEqual([]);
    expect(await whoIsOnCall(desk.worker, 1, at(9))).toEqual([]);
    valueOf(await endTurn(desk.people.mia.actor, { id }, desk.context));
    expect((await view()).uncovered).toEqual([1, 2, 3]);
    expect((await view()).turns).toEqual([]);
    expect(await whoIsOnCall(desk.worker, 1, desk.context.clock())).toEqual([]);
    expect(await audited()).toBe(before + 2);
    expect(await codeOf(endTurn(desk.people.mia.actor, { id }, desk.context))).toBe('turn-unknown');
  });

  it('to come is listed and covers nothing yet', async () => {
    const { id } = valueOf(await set(turn({ level: '3', from: inHours(2), until: inHours(9) })));
    const { turns, uncovered } = await view();
    expect(turns.find((one) => one.id === id)).toMatchObject({
      name: 'Ben Okafor',
      level: 3,
      isNow: false,
    });
    expect(uncovered).toContain(3);
  });

  it('is put by officers and managers only; an auditor reads', async () => {
    expect(await codeOf(set(turn({ level: '2' }), 'ida'))).toBe('not-allowed');
    expect(await codeOf(set(turn({ level: '2' }), 'dora'))).toBe('not-allowed');
    expect((await view()).canWrite).toBe(false);
    expect(await codeOf(set(turn({ level: '2' }), 'ada'))).toBe('done');
  });

  it.each([
    ['turn-empty', () => turn({ until: inHours(-2) })],
    ['turn-over', () => turn({ from: inHours(-5), until: inHours(-4) })],
    ['turn-far', () => turn({ from: inHours(367 * 24), until: inHours(367 * 24 + 8) })],
    ['turn-long', () => turn({ until: inHours(31 * 24) })],
    ['person-unknown', () => turn({ person: 'p-zzzzzzzzzz' })],
    ['form-invalid', () => turn({ level: '4' })],
    ['form-invalid', () => turn({ person: '' })],
    ['form-invalid', () => turn({ from: '2026-02-30T10:00' })],
    ['form-invalid', () => ({ ...turn(), more: 'x' })],
  ])('is refused by name: %s', async (code, input) => {
    const before = await audited();
    expect(await codeOf(set(input()))).toBe(code);
    expect(await audited()).toBe(before);
  });

  it('without a person is refused by what is to be chosen', async () => {
    const { person: _, ...nobody } = turn();
    expect(await set(nobody)).toMatchObject({
      ok: false,
      refusal: { sentence: 'Choose a person.' },
    });
  });
});
