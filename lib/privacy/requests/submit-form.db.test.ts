import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { formLimits, submitForm } from './submit-form.ts';
import { viewRequest } from './view-request.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const sent = {
  right: 'erasure',
  name: 'Änne Müller',
  email: 'anne@example.org',
  message: 'Delete what you hold about me.',
};
const submit = (more: object = {}) => submitForm({ ...sent, ...more }, desk.context);
const code = async (more: object): Promise<string> => {
  const result = await submit(more);
  return result.ok ? 'done' : result.refusal.code;
};

it('a form gives number, instant, day and a code of which only the hash is kept', async () => {
  const receipt = valueOf(await submit());
  expect(receipt.code).toMatch(/^[a-z2-7]{26}$/);
  const row = await desk.owner.privacyRequest.findUniqueOrThrow({
    where: { number: receipt.number },
  });
  expect(row.receiptHash).toBe(createHash('sha256').update(receipt.code).digest('hex'));
  const view = valueOf(await viewRequest(desk.people.dora.actor, row.id, desk.context));
  expect(receipt).toMatchObject({
    receivedAt: view.standing.opening.receivedAt,
    dueOn: view.clock?.dueOn,
  });
  expect(view.standing.person).toBeNull();
});

const page = (): string => randomBytes(24).toString('base64url');

it('the same from one page twice within a day, also at the same moment, is one request with one receipt', async () => {
  const once = page();
  const message = 'Please delete my data, twice asked.';
  const [one, other] = await Promise.all([submit({ message, once }), submit({ message, once })]);
  expect(valueOf(one)).toEqual(valueOf(other));
  expect(valueOf(await submit({ message: `${message} `, once }))).toEqual(valueOf(one));
  for (const other of [{ right: 'access' }, { email: 'other@example.org' }, { message: 'Other.' }])
    expect(valueOf(await submit({ message, once, ...other })).number).not.toBe(valueOf(one).number);
});

it('who knows or guesses what somebody wrote learns neither that it was sent nor its code', async () => {
  const message = 'What somebody else would write as well.';
  const first = valueOf(await submit({ message, once: page() }));
  desk.context.passTime(60_000);
  for (const more of [{}, { once: page() }, { once: page() }]) {
    const answer = valueOf(await submit({ message, ...more }));
    expect(answer.number).not.toBe(first.number);
    expect(answer.code).not.toBe(first.code);
    expect(Date.parse(answer.receivedAt)).toBeGreaterThan(Date.parse(first.receivedAt));
    // Nothing but number, instant and code tells one answer from another.
    expect({ ...answer, number: '', receivedAt: '', code: '' }).toEqual({
      ...first,
      number: '',
      receivedAt: '',
      code: '',
    });
  }
});

it('answers an address that asked before as it answers any other, and all together so many an hour', async () => {
  const email = 'busy@example.org';
  const once = page();
  for (let n = 0; n < 8; n += 1)
    expect(await code({ email, once, message: `Message ${n} about my data.` })).toBe('done');
  // Who sends the same again is told its receipt all the same.
  expect(await code({ email, once, message: 'Message 0 about my data.' })).toBe('done');
  const taken = await desk.owner.privacyRequest.count({ where: { channel: 'form' } });
  for (let n = taken; n < formLimits.perHour; n += 1)
    expect(await code({ email: `one${n}@example.org` })).toBe('done');
  // One too many is refused without waiting for who holds the form.
  await inTransaction(desk.web, async (tx) => {
    await lockNamed(tx, 'privacy form');
    expect(await code({ email: 'last@example.org' })).toBe('too-many-requests');
    expect(await code({ email, once, message: 'Message 1 about my data.' })).toBe('done');
    // Nobody else learns by it that this was sent.
    expect(await code({ email, message: 'Message 1 about my data.' })).toBe('too-many-requests');
  });
});

it('what is too long, hidden or unknown is refused before anything is kept', async () => {
  const before = await desk.owner.privacyRequest.count();
  for (const more of [
    { message: 'x'.repeat(8_001) },
    { message: 'x'.repeat(30_000) },
    { name: 'Anne\u202e Müller' },
    { email: 'nobody' },
    { right: 'everything' },
    { extra: 'field' },
    { once: 'short' },
  ])
    expect(['text-invalid', 'form-invalid']).toContain(await code(more));
  expect(await desk.owner.privacyRequest.count()).toBe(before);
});
