import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import {
  privacyTexts,
  processorSample,
  transferSample,
} from '#lib/resilience/testing/privacy-samples.ts';
import { assetSample, providerSample } from '#lib/resilience/testing/samples.ts';
import { newActivity, openRegistersDesk, type RegistersDesk } from '../testing/registers-desk.ts';
import type { ProcessingRecord } from './processing-record.ts';
import { viewProcessingFile } from './view-processing-file.ts';

let desk: RegistersDesk;
beforeAll(async () => {
  desk = await openRegistersDesk();
  const provider = await newRecord(desk, 'provider', providerSample);
  const system = await newRecord(desk, 'asset', assetSample);
  const transfer = await newRecord(desk, 'transfer', transferSample, {
    ...privacyTexts.transfer,
    measures: 'Only keyed digests leave the house.',
  });
  const processor = await newRecord(
    desk,
    'processor',
    processorSample(provider.id),
    privacyTexts.processor,
  );
  await newActivity(desk, {
    name: '=Onboarding',
    transfers: [transfer.id],
    processors: [processor.id],
    systems: [system.id],
  });
  await newActivity(desk, { name: 'Complaints', dpo: null, purposes: [] });
});
afterAll(() => desk.database.drop());

async function fileAs(format: string, actor = desk.auditor) {
  const file = await viewProcessingFile(actor, { format }, desk.context);
  if (!file.ok) throw new Error(file.refusal.sentence);
  return file.value;
}

it('the record of processing is a file in which every part of Art 30(1) stands in words', async () => {
  const { bytes, name } = await fileAs('json');
  expect(name).toMatch(/^record-of-processing-\d{4}-\d{2}-\d{2}\.json$/);
  const { activities } = JSON.parse(Buffer.from(bytes).toString()) as ProcessingRecord;
  expect(activities).toHaveLength(2);
  expect(activities[0]).toMatchObject({
    name: '=Onboarding',
    controller: { name: 'Sample Custody S.A.', contact: privacyTexts.party.contact },
    dpo: { name: 'Eva Brandt' },
    data: [
      { category: 'Identity', erasure: 'Five years after the end of the business relationship.' },
    ],
    transfers: [
      {
        importer: 'Screening One Inc.',
        where: 'United States',
        tool: 'Standard contractual clauses (Art 46(2)(c)), Module 2: controller to processor',
        safeguards: 'Only keyed digests leave the house.',
      },
    ],
    processors: [{ name: 'Hosting of the console', provider: 'Cloud One B.V.' }],
    systems: ['Database of the console'],
    measures: privacyTexts.activity.measures,
  });
});

it('as a table each activity is one line, no cell is a formula, and what is missing says so', async () => {
  const { bytes } = await fileAs('csv');
  const [head = '', first = '', second = ''] = Buffer.from(bytes).toString().split('\r\n');
  expect(head).toContain('Measures of security (g)');
  expect(first).toContain(`"'=Onboarding"`);
  expect(second).toContain('Not said');
});

it('as PDF it names each activity with its parts', async () => {
  const { bytes } = await fileAs('pdf');
  const text = readPdf(bytes).flat().join(' ');
  for (const word of ['Complaints', 'Eva Brandt', 'Measures of security', 'Article 30(1)'])
    expect(text).toContain(word);
});

it('who took the record, in which form and with which digest is on record; nobody takes it who may not read it', async () => {
  const { bytes } = await fileAs('csv', desk.officer);
  const last = await desk.owner.auditEntry.findFirstOrThrow({
    where: { kind: 'processing-record-exported' },
    orderBy: { id: 'desc' },
  });
  expect(last.actor).toBe(desk.officer.personId);
  const leaf = Buffer.from(last.leaf).toString();
  expect(leaf).toContain(createHash('sha256').update(bytes).digest('hex'));
  const count = () =>
    desk.owner.auditEntry.count({ where: { kind: 'processing-record-exported' } });
  const before = await count();
  const nobody = { ...desk.auditor, scopes: new Set([]) } as typeof desk.auditor;
  expect(await viewProcessingFile(nobody, { format: 'pdf' }, desk.context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
  expect(await viewProcessingFile(desk.auditor, { format: 'xls' }, desk.context)).toMatchObject({
    refusal: { code: 'form-invalid' },
  });
  expect(await count()).toBe(before);
});
