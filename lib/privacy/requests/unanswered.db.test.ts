import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { askPerson, endWaiting, noteDoubt, noteRequest } from './move-request.ts';

let desk: RequestDesk;
let refusals: Refusals;
beforeAll(async () => {
  desk = await openRequestDesk();
  refusals = await openRefusals(desk.database);
});
afterAll(async () => {
  await refusals.close();
  await desk.close();
});

const dora = () => desk.people.dora.actor;
const code = async (doing: Promise<Result<unknown>>): Promise<string> => {
  const result = await doing;
  return result.ok ? 'done' : result.refusal.code;
};
const dayIn = (days: number): string =>
  new Date(desk.context.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
const insert = (
  id: string,
  seq: number,
  kind: string,
  facts: object,
  by: 'dora' | 'mia' = 'dora',
) =>
  refusals.refusal(`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
    values ('${id}', ${seq}, '${kind}', '${desk.people[by].actor.personId}', now(), '${JSON.stringify(facts)}')`);

it('an answer is waited for no longer only after a reminder and the day that it named', async () => {
  const { id } = await received(desk);
  const question = 'Which of your accounts do you mean?';
  const asking = { id, seen: '1', about: 'scope', sentAt: fieldOf(desk.context.clock()), question };
  valueOf(await askPerson(dora(), asking, desk.context));
  const ending = (seen: string) =>
    code(endWaiting(dora(), { id, seen, reasons: 'Nothing came by any way.' }, desk.context));
  expect(await ending('2')).toBe('not-reminded');
  const remind = (answerBy: string) =>
    code(
      noteRequest(dora(), { id, seen: '2', note: 'Reminded by e-mail.', answerBy }, desk.context),
    );
  expect(await remind(dayIn(2))).toBe('answer-by-wrong');
  expect(await remind(dayIn(10))).toBe('done');
  expect(await ending('3')).toBe('still-waited');
});

it('the database takes no reminder of a day, and no end of waiting before the day that was named', async () => {
  const { id } = await received(desk);
  const sentAt = desk.context.clock().toISOString();
  expect(await insert(id, 2, 'asked', { about: 'scope', sentAt, withinDays: 3 })).toBeNull();
  const none = { question: 2, answeredAt: new Date().toISOString(), isMissing: true };
  expect(await insert(id, 3, 'answered', none)).toBe('CS002');
  const reminder = (answerBy: string, question = 2) => ({ reminder: { question, answerBy } });
  expect(await insert(id, 3, 'noted', reminder(dayIn(1)))).toBe('CS002');
  expect(await insert(id, 3, 'noted', reminder(dayIn(10), 1))).toBe('CS002');
  expect(await insert(id, 3, 'noted', reminder(dayIn(10)))).toBeNull();
  expect(await insert(id, 4, 'answered', none)).toBe('CS002');
});

it('who did not show their identity is refused for that by two people, and others are not', async () => {
  const { id } = await advised(desk);
  const facts = (ground: string) => ({
    decision: 'refuse',
    grounds: [ground],
    earlier: [],
    events: 'a'.repeat(64),
    package: null,
    plan: null,
  });
  for (const ground of ['identity-not-shown', 'authority-not-shown', 'not-clarified', 'excessive'])
    expect(await insert(id, 6, 'proposed', facts(ground), 'mia'), ground).toBe('CS002');
  // Nothing but the signature is missing: no earlier request is needed for what is unfounded.
  expect(await insert(id, 6, 'proposed', facts('unfounded'), 'mia')).toBe('CS003');
  const reason = { reason: 'taken-over', reasons: 'The mailbox was reported as stolen.' };
  valueOf(await noteDoubt(dora(), { id, seen: '5', ...reason }, desk.context));
  const refusing = { ...granting, decision: 'refuse', grounds: ['identity-not-shown'] };
  valueOf(await press(desk, desk.people.mia, { id, seen: '6', ...refusing }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '7', step: 'approved' }));
});
