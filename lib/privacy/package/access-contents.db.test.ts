/** What a person is told beside their data: no more than is on record, and that the rest is not known. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import {
  activitySample,
  partySample,
  privacyTexts,
  processorSample,
} from '#lib/resilience/testing/privacy-samples.ts';
import { providerSample } from '#lib/resilience/testing/samples.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import { fulfilRequest, notifyRecipient } from '../requests/carry-out.ts';
import { recipientCode } from '../requests/load-recipients.ts';
import {
  built,
  collected,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { advised, granting, press } from '../testing/request-desk.ts';
import { accessPackage } from './package-schema.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
});
afterAll(() => desk.close());

async function copy() {
  const { id } = await collected(desk);
  await built(desk, id, () => 'in');
  const files = unzipped(await zipOf(desk, id));
  return {
    ...accessPackage.parse(JSON.parse(textOf(files['your-data.json']))),
    pdf: readPdf(files['your-data.pdf'] ?? new Uint8Array())
      .flat()
      .join(' '),
  };
}

it('claims nothing that nobody knows: with empty registers it says that nothing is on record', async () => {
  const { information, systems, pdf } = await copy();
  expect(information.recipients.received).toEqual([]);
  for (const claim of [
    'all that we held',
    'Nobody outside',
    'are not transferred',
    'Nothing is kept',
  ])
    expect([claim, pdf.includes(claim)]).toEqual([claim, false]);
  const unknown = information.notKnown.join(' ');
  expect(unknown).toContain('names none about clients');
  expect(unknown).toContain('not to say that nobody received any');
  expect(unknown).toContain('outside the European Economic Area is not on record');
  expect(pdf).toContain('What this copy can’t say');
  // Who is no operator is told of no purpose and no term that holds for operators alone.
  expect(information.purposes.filter((one) => one.includes('works with the console'))).toEqual([]);
  expect(pdf).not.toContain('Your access to the console:');
  expect(information.retention.join(' ')).toContain('Trail of acts');
  for (const [code, { kept }] of Object.entries(systems))
    expect([code, kept.length > 10]).toEqual([code, true]);
  expect(systems['ledger']?.kept).toContain('Article 68(9) of Regulation (EU) 2023/1114');
  expect(systems['destinations']?.kept).toContain('Article 26 of Regulation (EU) 2023/1113');
});

it('tells of activities about people like this one alone, with their processors by name', async () => {
  const { mia, ida } = desk.people;
  const register = { ...desk, manager: mia.actor, administrator: mia.actor, auditor: ida.actor };
  const controller = await newRecord(register, 'party', partySample, privacyTexts.party);
  const provider = await newRecord(register, 'provider', providerSample);
  const processor = await newRecord(
    register,
    'processor',
    processorSample(provider.id),
    privacyTexts.processor,
  );
  const activity = (purpose: string, facts: object) =>
    newRecord(
      register,
      'activity',
      {
        ...activitySample(mia.actor.personId, controller.id),
        name: purpose,
        purposes: [{ purpose, basis: 'legal-obligation', ground: 'A law' }],
        ...facts,
      },
      privacyTexts.activity,
    );
  await activity('To run pay', { persons: ['staff'] });
  await activity('To plan', { state: 'planned' });
  await activity('To know clients', { processors: [processor.id] });
  await activity('To watch addresses', {
    purposes: [
      { purpose: 'To watch addresses', basis: 'legitimate-interests', ground: 'Safe custody' },
    ],
  });
  const { information, pdf } = await copy();
  // The right to object stands on its own, with what it is about, and apart from the other rights.
  const objection = information.objection.join(' ');
  expect(objection).toContain('On a legitimate interest rests:');
  expect(objection).toContain('To watch addresses');
  expect(objection).not.toContain('To know clients');
  expect(information.rights.join(' ')).not.toMatch(/object/i);
  expect(pdf.indexOf('Your right to object')).toBeGreaterThan(0);
  expect(pdf.indexOf('Your right to object')).toBeLessThan(pdf.indexOf('Your rights'));
  const told = information.purposes.join(' ');
  expect(told).toContain('To know clients');
  expect(told).not.toContain('To run pay');
  expect(told).not.toContain('To plan');
  expect(information.recipients.received).toEqual([
    { name: 'Cloud One B.V.', what: 'As processor: Hosting of the console.', on: null },
  ]);
  expect(information.notKnown.join(' ')).not.toContain('names none');
});

it('names who was told of a change, since the data had gone there, and no authority that inquires', async () => {
  await inTransaction(desk.web, (tx) =>
    writeValues(
      tx,
      { id: desk.subject, values: { iban: 'DE89370400440532013000' } },
      { by: desk.people.dora.actor.personId, at: desk.context.clock(), reference: null },
    ),
  );
  const { id, number } = await advised(desk);
  const { dora, mia, ben } = desk.people;
  valueOf(await press(desk, mia, { id, seen: '5', ...granting }));
  valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
  const sent = {
    id,
    seen: '7',
    channel: 'portal',
    sentAt: fieldOf(desk.context.clock()),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'no',
    proof: 'Receipt of the portal.',
  };
  valueOf(await fulfilRequest(dora.actor, sent, desk.context));
  for (const [place, name] of [
    'Bank that carries the payment',
    'Financial intelligence unit, on its demand',
  ].entries())
    valueOf(
      await notifyRecipient(
        dora.actor,
        { id, seen: String(8 + place), recipient: recipientCode(name), result: 'told' },
        desk.context,
      ),
    );
  const { information, pdf } = await copy();
  const received = information.recipients.received.map(({ name, what }) => `${name}: ${what}`);
  expect(received.join(' ')).toContain(number);
  expect(received.filter((one) => one.startsWith('Bank that carries the payment'))).toHaveLength(1);
  expect(received.filter((one) => one.includes('intelligence'))).toEqual([]);
  expect(pdf).toContain('Who received it');
});
