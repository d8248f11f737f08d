/** A copy tells what was done about the person's data: what a breach, a restriction, a stop or a correction left on record. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import {
  activitySample,
  partySample,
  privacyTexts,
} from '#lib/resilience/testing/privacy-samples.ts';
import { listPersons } from '../breaches/tell-persons.ts';
import { decideCorrection } from '../rectification/decide-correction.ts';
import { proposeCorrection } from '../rectification/propose-correction.ts';
import { importMessage } from '../requests/import-message.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { restrictPerson } from '../restriction/restrict-person.ts';
import { stopMarketing } from '../restriction/stop-use.ts';
import { confirmed, described } from '../testing/breach-desk.ts';
import { mail, png, said } from '../testing/messages.ts';
import {
  built,
  collected,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { accessPackage } from './package-schema.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

async function copy() {
  const { id } = await collected(desk);
  await built(desk, id, () => 'in');
  const files = unzipped(await zipOf(desk, id));
  return accessPackage.parse(JSON.parse(textOf(files['your-data.json'])));
}
const factsOf = ({ systems }: Awaited<ReturnType<typeof copy>>, code: string) =>
  systems[code]?.records.map(({ facts }) => facts);

it('a copy tells of restrictions, stops, corrections and refused ones, files that were sent, and breaches', async () => {
  const { ada, ben, dora } = desk.people;
  const { context } = desk;
  const picture = {
    type: 'image/png',
    name: 'passport.png',
    body: Buffer.concat([png, Buffer.alloc(500, 7)]),
  };
  const form = { right: 'access', receivedAt: fieldOf(context.clock()), forAnother: 'no' };
  const bytes = mail([said('Please send me my data.'), picture]);
  const sent = valueOf(await importMessage(dora.actor, form, bytes, context));
  const known = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  const seen = String(
    await desk.owner.privacyRequestEvent.count({ where: { requestId: sent.id } }),
  );
  valueOf(await identifyPerson(dora.actor, { id: sent.id, seen, ...known }, context));
  const restricting = { id: sent.id, ground: 'accuracy', fields: ['phone', 'suspicion-note'] };
  valueOf(await restrictPerson(dora.actor, restricting, context));
  const hidden = { ...restricting, fields: ['suspicion-note'], ground: 'claims' };
  valueOf(await restrictPerson(dora.actor, hidden, context));
  valueOf(await stopMarketing(ada.actor, { why: 'objected', person: desk.subject }, context));
  const change = { person: desk.subject, source: 'form', email: 'other@example.org' };
  const { correction } = valueOf(await proposeCorrection(ada.actor, change, context));
  valueOf(await decideCorrection(ben.actor, { correction, outcome: 'rejected' }, context));
  const breach = await confirmed(desk);
  await described(desk, breach.id, 2);
  const listed = { id: breach.id, seen: '3', persons: `${desk.subject} ${desk.other}` };
  valueOf(await listPersons(dora.actor, listed, context));

  const told = await copy();
  expect(factsOf(told, 'files')).toContainEqual(
    expect.objectContaining({ request: sent.number, mediaType: 'image/png', erased: false }),
  );
  // What is withheld is not named as restricted either.
  expect(factsOf(told, 'restrictions')).toEqual([
    expect.objectContaining({ request: sent.number, ground: 'accuracy', state: 'standing' }),
  ]);
  expect(JSON.stringify(told)).not.toMatch(/suspicion-note|Note on a suspicion/u);
  expect(factsOf(told, 'stops')).toEqual([{ what: 'marketing', why: 'objected', request: null }]);
  expect(factsOf(told, 'corrections')).toEqual([
    expect.objectContaining({ outcome: 'rejected', request: null }),
  ]);
  expect(factsOf(told, 'breaches')).toEqual([
    { breach: breach.number, standing: 'on the list', toldAt: null },
  ]);
  // Nobody else who stands on the list.
  expect(JSON.stringify(told)).not.toContain(desk.other);
});

it('that machines alone decide nothing is said only where the record of processing says it', async () => {
  const empty = (await copy()).information.automatedDecisions;
  expect(empty).toContain('is not on record');
  const { mia, ida } = desk.people;
  const register = { ...desk, manager: mia.actor, administrator: mia.actor, auditor: ida.actor };
  const controller = await newRecord(register, 'party', partySample, privacyTexts.party);
  const activity = (name: string, automated: string | null, texts: object = {}) =>
    newRecord(
      register,
      'activity',
      { ...activitySample(mia.actor.personId, controller.id), name, automated },
      { ...privacyTexts.activity, ...texts },
    );
  await activity('Keeping accounts', 'no');
  await activity('Sending letters', null);
  await activity('Scoring', 'yes', { 'automated-logic': 'Payments are scored by amount.' });
  const { automatedDecisions } = (await copy()).information;
  expect(automatedDecisions).toContain('machines alone in what we do under: Keeping accounts.');
  expect(automatedDecisions).toContain('not on record for: Sending letters.');
  expect(automatedDecisions).toContain(
    '“Scoring” (Article 22 GDPR): Payments are scored by amount.',
  );
});
