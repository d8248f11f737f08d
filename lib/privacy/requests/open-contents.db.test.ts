import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import type { DeskPerson } from '#lib/incidents/testing/incident-desk.ts';
import { held } from '../testing/hold-desk.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { reported } from '../testing/breach-desk.ts';
import { readBreachTextsOf } from '../breaches/read-breach-texts.ts';
import { listHolds } from '../retention/holds/list-holds.ts';
import { readHoldTexts } from '../retention/holds/read-hold-texts.ts';
import { viewHold } from '../retention/holds/view-hold.ts';
import { readRequestTexts } from './read-texts.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string =>
  result.ok ? 'opened' : (result.refusal?.code ?? 'none');
const texts = async ({ actor }: DeskPerson, id: string): Promise<string> =>
  codeOf(await readRequestTexts(actor, { id }, desk.context));

describe('what people wrote about a request', () => {
  it('opened is a look at the person, once it is known whose request it is', async () => {
    const { dora } = desk.people;
    const fresh = await received(desk);
    expect(await texts(dora, fresh.id)).toBe('opened');
    const before = { personId: desk.subject, reference: fresh.number };
    expect(await desk.web.personLook.count({ where: before })).toBe(0);
    const { id, number } = await advised(desk, { right: 'restriction' });
    expect(await texts(dora, id)).toBe('opened');
    const looks = await desk.web.personLook.findMany({
      where: { personId: desk.subject, reference: number },
    });
    expect(looks).toMatchObject([
      { by: dora.actor.personId, purpose: 'request-of-person', fields: [] },
    ]);
  });

  it('opens for who only approves while it lies before them and for what they had a hand in, and never for an auditor', async () => {
    const { ben, ada, ida, mia } = desk.people;
    const { id } = await advised(desk);
    expect(await texts(ben, id)).toBe('not-yours');
    valueOf(await press(desk, mia, { ...granting, id, seen: '5' }));
    expect(await texts(ben, id)).toBe('opened');
    expect(await texts(ida, id)).toBe('not-allowed');
    valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
    expect(await texts(ben, id)).toBe('opened');
    expect(await texts(ada, id)).toBe('not-yours');
  });
});

it('whom an investigation holds, and why, is not for auditors', async () => {
  const { ida, mia } = desk.people;
  const { id, number } = await held(desk, { ground: 'investigation' });
  const other = await held(desk);
  expect(codeOf(await readHoldTexts(ida.actor, { id: other.id }, desk.context))).toBe(
    'not-allowed',
  );
  expect(codeOf(await viewHold(ida.actor, number, desk.context))).toBe('kept-back');
  const covers = valueOf(await listHolds(ida.actor, {}, desk.context)).rows.map((row) => [
    row.id,
    row.covers?.length ?? null,
  ]);
  expect(Object.fromEntries(covers)).toMatchObject({ [id]: null, [other.id]: 1 });
  expect(codeOf(await viewHold(mia.actor, number, desk.context))).toBe('opened');
});

it('what people wrote about a breach is not for auditors', async () => {
  const { id } = await reported(desk);
  const { ida, dora } = desk.people;
  expect(codeOf(await readBreachTextsOf(ida.actor, { id }, desk.context))).toBe('not-allowed');
  expect(codeOf(await readBreachTextsOf(dora.actor, { id }, desk.context))).toBe('opened');
});
