/** A consent is on record with what proves it, and the copy tells it (Article 7(1) GDPR). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import { consentSample, privacyTexts } from '#lib/resilience/testing/privacy-samples.ts';
import { subjectOf, type CollectedItem } from '../collect/system.ts';
import { systemOf } from '../collect/systems.ts';
import { proposeCorrection } from '../rectification/propose-correction.ts';
import { stopMarketing } from '../restriction/stop-use.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { recordConsent } from './record-consent.ts';

let desk: RequestDesk;
let consent: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  const { mia, ida } = desk.people;
  const register = { ...desk, manager: mia.actor, administrator: mia.actor, auditor: ida.actor };
  const wordings = [
    { version: '1', usedFrom: '2025-01-01' },
    { version: '2', usedFrom: '2026-01-01' },
  ];
  const facts = { ...consentSample, wordings };
  const { id } = await newRecord(register, 'consent', facts, privacyTexts.consent);
  const row = await desk.owner.resilienceCurrent.findFirstOrThrow({ where: { recordId: id } });
  consent = row.number;
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const minutesAgo = (minutes: number): string =>
  fieldOf(new Date(desk.context.clock().getTime() - minutes * 60_000));
const ada = () => desk.people.ada.actor;
const given = (person: string, more: object = {}) =>
  recordConsent(
    ada(),
    { person, consent, wording: '2', givenAt: minutesAgo(5), way: 'form', ...more },
    desk.context,
  );
async function someone(values: Record<string, string> = {}): Promise<string> {
  const id = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(
      tx,
      { id, values: { 'full-name': 'Ada Beispiel', ...values } },
      { by: ada().personId, at: desk.context.clock() },
    ),
  );
  return id;
}
async function told(person: string): Promise<CollectedItem['facts'][]> {
  const subject = await subjectOf(desk.web, person);
  const facts = [];
  for await (const item of systemOf('consents').items(desk.web, subject)) facts.push(item.facts);
  return facts;
}

it('a consent says its wording, when and how it was given, and when it was taken back', async () => {
  const person = await someone();
  valueOf(await given(person));
  const proof = { consent, wording: '2', how: 'On a form that they signed', version: 1 };
  expect(await told(person)).toEqual([
    { ...proof, field: 'marketing-consent', givenAt: expect.any(String), withdrawnAt: null },
  ]);
  valueOf(await stopMarketing(ada(), { why: 'withdrawn', person }, desk.context));
  const [first, answer] = await told(person);
  expect(first).toMatchObject({ ...proof, withdrawnAt: expect.any(String) });
  expect(answer).toMatchObject({ version: 2, consent: 'not on record' });
  // What they agreed to before they took it back holds no more.
  expect(await code(given(person))).toBe('stopped-since');
});

it('an answer that nothing proves says so', async () => {
  const person = await someone({ 'marketing-consent': 'yes' });
  expect(await told(person)).toMatchObject([
    { consent: 'not on record', wording: 'not on record', how: 'not on record', givenAt: null },
  ]);
});

it('is refused in words that were not asked on that day, ahead of time, and as a bare answer', async () => {
  const person = await someone();
  expect(await code(given(person, { wording: '1' }))).toBe('wording-unknown');
  expect(await code(given(person, { wording: '3' }))).toBe('wording-unknown');
  expect(await code(given(person, { consent: 'CN-999' }))).toBe('consent-unknown');
  expect(await code(given(person, { givenAt: minutesAgo(-5) }))).toBe('in-the-future');
  expect(await code(given(newPersonId()))).toBe('person-unknown');
  const bare = { person, source: 'form', 'marketing-consent': 'yes' };
  expect(await code(proposeCorrection(ada(), bare, desk.context))).toBe('form-invalid');
  expect(await told(person)).toEqual([]);
});

it('a web server that was taken proves no consent that the vault does not hold, and changes none', async () => {
  const person = await someone();
  valueOf(await given(person));
  const row = await desk.owner.personConsent.findFirstOrThrow({ where: { personId: person } });
  const put = (more: object) =>
    desk.web.personConsent.create({ data: { ...row, recordedAt: new Date(), ...more } }).then(
      () => null,
      (error: unknown) => sqlStateOf(error),
    );
  expect(await put({ version: 2 })).toBe('CS002');
  expect(await put({ version: 2, wording: '9' })).toBe('CS002');
  await expect(
    desk.owner.personConsent.updateMany({ where: { personId: person }, data: { wording: '1' } }),
  ).rejects.toThrow();
});
