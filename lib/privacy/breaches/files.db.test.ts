/** The register and notifications as files, and what the page of a third party shows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { saveRecord } from '#lib/resilience/records/save-record.ts';
import { privacyTexts, processorSample } from '#lib/resilience/testing/privacy-samples.ts';
import { providerSample } from '#lib/resilience/testing/samples.ts';
import {
  assessed,
  confirmed,
  described,
  dismissed,
  pressBreach,
  reported,
} from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { createHash } from 'node:crypto';
import { listBreachesOf } from './list-breaches-of.ts';
import { prepareBreachStep } from './prepare-step.ts';
import { submitBreachStep } from './submit-step.ts';
import { viewBreach } from './view-breach.ts';
import { viewNotificationFile } from './view-notification-file.ts';
import { viewRegisterFile } from './view-register-file.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

it('every breach is in the file of the register, with facts, effects, remedies and why nobody was notified', async () => {
  const { mia, ada, dora, ben } = desk.people;
  const one = await confirmed(desk);
  await described(desk, one.id, 2);
  valueOf(await assessed(desk, one.id, 3));
  const reasons = 'It came back unopened, so nothing can come of it.';
  const proposing = { id: one.id, seen: '4', step: 'clearance-proposed', reasons };
  valueOf(await pressBreach(desk, mia, proposing));
  valueOf(await pressBreach(desk, ada, { id: one.id, seen: '5', step: 'clearance-approved' }));
  const other = await reported(desk);
  const why = '=cmd: no personal data were in it.';
  await dismissed(desk, other.id, 1, why);
  const { name, bytes } = valueOf(
    await viewRegisterFile(dora.actor, { format: 'csv' }, desk.context),
  );
  expect(name).toMatch(/^register-of-breaches-\d{4}-\d\d-\d\d\.csv$/);
  const [, first = '', second = ''] = text(bytes).split('\r\n');
  for (const said of [
    one.number,
    'An export of client names went to a person outside.',
    'Persons may get messages that nobody asked for.',
    'The recipient deleted it and confirmed that in writing.',
    'decided by two people',
    reasons,
    '40 to 60',
  ])
    expect(first).toContain(said);
  expect(second).toContain(other.number);
  // A spreadsheet reads no formula.
  expect(second).toContain("'=cmd");
  const pdf = valueOf(await viewRegisterFile(dora.actor, { format: 'pdf' }, desk.context));
  expect(text(pdf.bytes.slice(0, 5))).toBe('%PDF-');
  const exported = await desk.owner.auditEntry.count({
    where: { kind: 'privacy-breach-exported' },
  });
  expect(exported).toBe(2);
  expect((await viewRegisterFile(ben.actor, { format: 'csv' }, desk.context)).ok).toBe(true);
  const administrator = {
    ...ben.actor,
    scopes: new Set(),
    roles: ['administrator'],
  } as typeof ben.actor;
  expect(await viewRegisterFile(administrator, { format: 'csv' }, desk.context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
});

it('a notification is handed out as it was signed, and who takes it is in the trail', async () => {
  const { id, number } = await confirmed(desk);
  const later = 'We are still counting whom it concerns.';
  const signing = { id, seen: '2', step: 'notification-signed', later };
  const { dora, mia } = desk.people;
  valueOf(await pressBreach(desk, mia, signing));
  const take = (more: object) =>
    viewNotificationFile(dora.actor, { id, part: '1', format: 'txt', ...more }, desk.context);
  const file = valueOf(await take({}));
  expect(file.name).toBe(`${number}-part-1.txt`);
  expect(text(file.bytes)).toContain(later);
  expect(text(file.bytes)).toContain(`Aware: ${fieldOf(desk.context.clock()).slice(0, 10)}`);
  expect(text(valueOf(await take({ format: 'pdf' })).bytes.slice(0, 5))).toBe('%PDF-');
  expect(await take({ part: '2' })).toMatchObject({ refusal: { code: 'part-unknown' } });
  const looksOf = async ({ actor }: typeof mia) =>
    desk.owner.auditEntry.count({
      where: { kind: 'privacy-breach-read', subject: number, actor: actor.personId },
    });
  expect(await looksOf(dora)).toBe(2);
  // Who signed it read it before.
  expect(await looksOf(mia)).toBe(1);
});

it('who may not open what people wrote gets neither a notification nor a text of the register, and is told whom to ask', async () => {
  const { id, number } = await confirmed(desk);
  await described(desk, id, 2);
  const signing = { id, seen: '3', step: 'notification-signed', later: 'We are still counting.' };
  valueOf(await pressBreach(desk, desk.people.mia, signing));
  const auditor = desk.people.ida.actor;
  const looks = () =>
    desk.owner.auditEntry.count({ where: { kind: 'privacy-breach-read', subject: number } });
  const before = await looks();
  for (const format of ['txt', 'pdf'])
    expect(
      await viewNotificationFile(auditor, { id, part: '1', format }, desk.context),
    ).toMatchObject({
      refusal: {
        code: 'not-allowed',
        sentence: expect.stringContaining('Ask the data protection officer'),
      },
    });
  expect(await looks()).toBe(before);
  const lineFor = async (actor: typeof auditor) => {
    const { bytes } = valueOf(await viewRegisterFile(actor, { format: 'csv' }, desk.context));
    return (
      text(bytes)
        .split('\r\n')
        .find((one) => one.startsWith(number)) ?? ''
    );
  };
  const written = [
    'An export of client names went to a person outside.',
    'Persons may get messages that nobody asked for.',
    'The recipient deleted it and confirmed that in writing.',
  ];
  const verified = await lineFor(auditor);
  for (const words of written) expect(verified).not.toContain(words);
  // Facts by codes and counts, and that there are texts, can be verified (Art 33(5)).
  for (const fact of ['40 to 60', 'Confidentiality', 'ask the data protection officer'])
    expect(verified).toContain(fact);
  expect((await viewRegisterFile(auditor, { format: 'pdf' }, desk.context)).ok).toBe(true);
  const whole = await lineFor(desk.people.dora.actor);
  for (const words of written) expect(whole).toContain(words);
  const taken = await desk.owner.auditEntry.findMany({
    where: { kind: 'privacy-breach-exported' },
    orderBy: { id: 'desc' },
    take: 3,
    select: { leaf: true },
  });
  const [last = 0, ...others] = taken.map(
    ({ leaf }) => (JSON.parse(text(leaf)) as { facts: { texts: number } }).facts.texts,
  );
  expect(others).toEqual([0, 0]);
  expect(last).toBeGreaterThanOrEqual(3);
});

it('who signs a notification reads it before the key, word for word as the signature names it', async () => {
  const { id, number } = await confirmed(desk);
  const { mia, dora } = desk.people;
  const later = 'We are still counting whom it concerns.';
  const signing = { id, seen: '2', step: 'notification-signed', later };
  const looks = () =>
    desk.owner.auditEntry.count({ where: { kind: 'privacy-breach-read', subject: number } });
  const prepared = valueOf(await prepareBreachStep(mia.actor, signing, desk.context));
  expect(prepared.document).toContain(later);
  expect(prepared.document).toContain('A list of clients went to the wrong address.');
  expect(await looks()).toBe(1);
  const { nonce, options } = prepared;
  const { origin } = desk.context.settings;
  const assertion = mia.key.assert({ challenge: options.challenge, origin });
  valueOf(await submitBreachStep(mia.actor, { nonce, assertion }, desk.context));
  const [phase] = valueOf(await viewBreach(dora.actor, number, desk.context)).standing.phases;
  const digest = createHash('sha256').update(prepared.document ?? '');
  expect(phase?.digest).toBe(digest.digest('hex'));
  const deciding = { id, seen: '3', step: 'clearance-proposed', reasons: 'It came back unopened.' };
  valueOf(await assessed(desk, id, 3));
  const other = await prepareBreachStep(mia.actor, { ...deciding, seen: '4' }, desk.context);
  expect(valueOf(other).document).toBeNull();
  expect(await looks()).toBe(1);
});

it('a breach of which a processor told us shows on its page, and on its provider’s', async () => {
  const { mia, dora, ben } = desk.people;
  const save = async (kind: string, facts: object, texts: object = {}) =>
    valueOf(await saveRecord(mia.actor, { kind, id: null, seen: 0, facts, texts }, desk.context));
  const provider = await save('provider', providerSample);
  const processor = await save('processor', processorSample(provider.id), privacyTexts.processor);
  const toldAt = fieldOf(desk.context.clock());
  const notice = { source: 'processor', toldAt };
  const { number } = await reported(desk, { ...notice, processor: processor.number });
  const direct = await reported(desk, { ...notice, processor: provider.number });
  await reported(desk);
  const of = async (id: string) =>
    valueOf(await listBreachesOf(dora.actor, { id }, desk.context)).map((one) => one.number);
  expect(await of(processor.id)).toEqual([number]);
  expect((await of(provider.id)).toSorted()).toEqual([number, direct.number].toSorted());
  const view = valueOf(await viewBreach(ben.actor, number, desk.context));
  expect(view.processor).toMatchObject({ number: processor.number, kind: 'processor' });
});
