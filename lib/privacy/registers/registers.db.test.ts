import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, daysAfter } from '#lib/resilience/days.ts';
import { kindsOf, numberPrefix } from '#lib/resilience/records/kinds.ts';
import { listChoices } from '#lib/resilience/records/list-choices.ts';
import { listComing } from '#lib/resilience/records/list-coming.ts';
import { listRecords } from '#lib/resilience/records/list-records.ts';
import { retireRecord } from '#lib/resilience/records/retire-record.ts';
import { saveRecord } from '#lib/resilience/records/save-record.ts';
import { viewRecord } from '#lib/resilience/records/view-record.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import {
  consentSample,
  dpiaSample,
  noticeSample,
  privacyTexts,
  processorSample,
  transferSample,
} from '#lib/resilience/testing/privacy-samples.ts';
import {
  contractSample,
  functionSample,
  leiOf,
  providerSample,
} from '#lib/resilience/testing/samples.ts';
import {
  newActivity,
  openRegistersDesk,
  saveAs,
  type RegistersDesk,
} from '../testing/registers-desk.ts';
import { listRegister } from './list-register.ts';
import { viewFindings } from './view-findings.ts';
import { viewRegisters } from './view-registers.ts';

let desk: RegistersDesk;
const today = dayOf(new Date());
const day = (days: number) => daysAfter(today, days);
beforeAll(async () => {
  desk = await openRegistersDesk();
});
afterAll(() => desk.database.drop());

const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
};
const codesOf = async (id: string) =>
  value(await viewFindings(desk.auditor, { id }, desk.context)).map(({ code }) => code);

it('each register numbers its records by itself and keeps their versions', async () => {
  const activity = await newActivity(desk, { name: 'Numbers' });
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(40) });
  const numbers = [
    activity,
    await newRecord(
      desk,
      'dpia',
      { ...dpiaSample(desk.manager.personId, activity.id), name: 'Numbers' },
      privacyTexts.dpia,
    ),
    await newRecord(
      desk,
      'transfer',
      { ...transferSample, name: 'Numbers' },
      privacyTexts.transfer,
    ),
    await newRecord(
      desk,
      'processor',
      { ...processorSample(provider.id), name: 'Numbers' },
      privacyTexts.processor,
    ),
    await newRecord(desk, 'notice', { ...noticeSample, name: 'Numbers' }),
    await newRecord(desk, 'consent', { ...consentSample, name: 'Numbers' }, privacyTexts.consent),
    desk.controller,
  ].map(({ number }) => number.slice(0, 2));
  expect(numbers).toEqual(kindsOf.privacy.map((kind) => numberPrefix[kind]));
});

it('whoever works on data protection or decides writes these registers, and nobody else', async () => {
  const { context } = desk;
  const input = {
    kind: 'consent',
    id: null,
    seen: 0,
    facts: { ...consentSample, name: 'Scopes' },
    texts: privacyTexts.consent,
  };
  for (const actor of [desk.auditor, desk.administrator, desk.approver])
    expect(await saveRecord(actor, input, context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  const saved = value(await saveRecord(desk.officer, input, context));
  // The officer of data protection writes no record of resilience, an administrator no register of data protection.
  expect(
    await saveRecord(
      desk.officer,
      { kind: 'provider', id: null, seen: 0, facts: providerSample, texts: {} },
      context,
    ),
  ).toMatchObject({ refusal: { code: 'not-allowed' } });
  const retire = { id: saved.id, seen: saved.version, reason: 'No longer asked for.' };
  expect(await retireRecord(desk.administrator, retire, context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
  expect(await retireRecord(desk.officer, retire, context)).toMatchObject({ ok: true });
});

it('whoever reads resilience or data protection reads them, and who keeps them chooses among third parties', async () => {
  const { context } = desk;
  for (const actor of [desk.officer, desk.auditor, desk.administrator]) {
    expect(await listRegister(actor, { kind: 'activity' }, context)).toMatchObject({ ok: true });
    expect(await viewRecord(actor, { id: desk.controller.id }, context)).toMatchObject({
      ok: true,
    });
    expect(await viewRegisters(actor, context)).toMatchObject({ ok: true });
  }
  const nobody = { ...desk.auditor, scopes: new Set([]) } as typeof desk.auditor;
  expect(await listRegister(nobody, { kind: 'activity' }, context)).toMatchObject({ ok: false });
  expect(await viewRecord(nobody, { id: desk.controller.id }, context)).toMatchObject({
    ok: false,
  });
  expect(await viewFindings(nobody, { id: desk.controller.id }, context)).toMatchObject({
    ok: false,
  });
  // Who reads data protection alone reads no risks, and no page of a provider.
  const only = { ...desk.officer, scopes: new Set(['privacy:read']) } as typeof desk.officer;
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(41) });
  expect(
    await listChoices(only, { of: ['provider', 'contract', 'asset', 'party'] }, context),
  ).toMatchObject({ ok: true });
  expect(await listChoices(only, { of: ['risk'] }, context)).toMatchObject({ ok: false });
  expect(await listRecords(only, { kind: 'risk' }, context)).toMatchObject({ ok: false });
  expect(await viewRecord(only, { id: provider.id }, context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
  expect(await viewRecord(only, { id: desk.controller.id }, context)).toMatchObject({
    ok: true,
    value: { canWrite: false },
  });
});

it('an assessment is written by one, advised on by the officer, approved by a third, and open again once an activity changes', async () => {
  const { manager, officer, approver } = desk;
  const activity = await newActivity(desk, { name: 'Chain analytics' });
  const facts = {
    ...dpiaSample(manager.personId, activity.id),
    name: 'Assessment of chain analytics',
    assessedOn: today,
    reviewOn: day(300),
  };
  const texts = {
    ...privacyTexts.dpia,
    necessity: 'The law asks for it.',
    measures: 'A second look.',
  };
  const written = await newRecord(desk, 'dpia', facts, texts);
  expect(await codesOf(activity.id)).toContain('no-dpia');
  expect(await codesOf(written.id)).toEqual(['dpia-no-advice']);
  const advice = { advisedBy: officer.personId, advisedOn: today };
  const said = { advice: 'Go on, with a second look at each hit.' };
  // Nobody writes the advice in the officer's name.
  expect(await saveAs(manager, desk, 'dpia', written, { ...facts, ...advice }, said)).toMatchObject(
    {
      faults: [{ field: 'advisedBy' }],
    },
  );
  const advised = value(
    await saveAs(officer, desk, 'dpia', written, { ...facts, ...advice }, said),
  );
  const approvedBy = (who: string) => ({
    ...facts,
    ...advice,
    state: 'approved',
    approvedBy: who,
    approvedOn: today,
  });
  // Neither the writer, though the officer saved last, nor the officer; nor an approver who changes anything else.
  expect(await saveAs(manager, desk, 'dpia', advised, approvedBy(manager.personId))).toMatchObject({
    faults: [{ field: 'approvedBy' }],
  });
  expect(await saveAs(officer, desk, 'dpia', advised, approvedBy(officer.personId))).toMatchObject({
    faults: [{ field: 'approvedBy' }],
  });
  expect(
    await saveAs(approver, desk, 'dpia', advised, {
      ...approvedBy(approver.personId),
      assessedOn: day(-1),
    }),
  ).toMatchObject({ faults: [{ field: 'assessedOn' }] });
  expect(
    await saveAs(approver, desk, 'dpia', advised, { ...facts, ...advice, name: 'Mine' }),
  ).toMatchObject({ refusal: { code: 'not-allowed' } });
  expect(
    await saveAs(desk.auditor, desk, 'dpia', advised, approvedBy(desk.auditor.personId)),
  ).toMatchObject({ refusal: { code: 'not-allowed' } });
  const approved = value(
    await saveAs(approver, desk, 'dpia', advised, approvedBy(approver.personId)),
  );
  expect(await codesOf(written.id)).toEqual([]);
  expect(await codesOf(activity.id)).not.toContain('no-dpia');
  // Upkeep of the activity does not open it again; what is processed does.
  const read = value(await viewRecord(manager, { id: activity.id }, desk.context));
  const upkeep = value(
    await saveAs(manager, desk, 'activity', read, {
      ...(read.facts as object),
      reviewedOn: today,
      reviewOn: day(360),
    }),
  );
  expect(await codesOf(written.id)).toEqual([]);
  value(
    await saveAs(manager, desk, 'activity', upkeep, {
      ...(read.facts as object),
      persons: ['clients'],
    }),
  );
  expect(await codesOf(written.id)).toEqual(['dpia-reopened']);
  // Approved as it stands: put back to draft, assessed anew.
  const again = await saveAs(manager, desk, 'dpia', approved, {
    ...facts,
    ...advice,
    approvedBy: null,
    approvedOn: null,
    assessedOn: day(-2),
  });
  const redrawn = value(again);
  expect(await codesOf(written.id)).toEqual(['dpia-reopened']);
  value(await saveAs(manager, desk, 'dpia', redrawn, { ...facts, ...advice }));
  expect(await codesOf(written.id)).toEqual([]);
});

it('whoever only approves retires no assessment and brings none back', async () => {
  const { manager, officer, approver, context } = desk;
  const activity = await newActivity(desk, { name: 'Retired assessment' });
  const facts = {
    ...dpiaSample(manager.personId, activity.id),
    name: 'To be retired',
    assessedOn: today,
    reviewOn: day(300),
    advisedBy: officer.personId,
    advisedOn: today,
  };
  const texts = {
    ...privacyTexts.dpia,
    necessity: 'The law asks for it.',
    measures: 'A second look.',
    advice: 'Go on.',
  };
  const saved = value(
    await saveRecord(officer, { kind: 'dpia', id: null, seen: 0, facts, texts }, context),
  );
  const approved = {
    ...facts,
    state: 'approved',
    approvedBy: approver.personId,
    approvedOn: today,
  };
  const second = value(await saveAs(approver, desk, 'dpia', saved, approved));
  const retire = { id: saved.id, seen: second.version, reason: 'Another has it.' };
  expect(await retireRecord(approver, retire, context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
  const retired = value(await retireRecord(manager, retire, context));
  expect(await saveAs(approver, desk, 'dpia', retired, approved)).toMatchObject({
    refusal: { code: 'record-retired' },
  });
});

it('a contract with data outside the EEA and a transfer lead to one another, and every count opens as many lines', async () => {
  const provider = await newRecord(desk, 'provider', {
    ...providerSample,
    code: leiOf(50),
    country: 'US',
  });
  const served = await newRecord(desk, 'function', { ...functionSample, id: 'F50' });
  const sample = contractSample(provider.id, served.id);
  const uses = [{ ...sample.uses?.[0], dataAt: 'US', processedAt: 'SG' }];
  const contract = await newRecord(desk, 'contract', { ...sample, reference: 'C-50', uses });
  const without = async () =>
    value(
      await listRecords(
        desk.auditor,
        { kind: 'contract', found: 'without-transfer' },
        desk.context,
      ),
    ).lines.map(({ id }) => id);
  expect(await codesOf(contract.id)).toEqual(['contract-without-transfer']);
  expect(await without()).toEqual([contract.id]);
  const transfer = (country: string) =>
    newRecord(
      desk,
      'transfer',
      { ...transferSample, name: `To ${country}`, country, provider: provider.id },
      privacyTexts.transfer,
    );
  await transfer('US');
  expect(await without()).toEqual([contract.id]);
  const last = await transfer('SG');
  expect(await without()).toEqual([]);
  expect(await codesOf(contract.id)).toEqual([]);
  // Ties read both ways.
  const tied = value(await viewRecord(desk.auditor, { id: provider.id }, desk.context));
  expect(tied.namedBy.filter(({ kind }) => kind === 'transfer')).toHaveLength(2);
  expect(await codesOf(last.id)).toEqual(['transfer-in-no-activity', 'transfer-without-processor']);
  await newRecord(
    desk,
    'processor',
    { ...processorSample(provider.id), name: 'Screening', contract: contract.id },
    privacyTexts.processor,
  );
  expect(await codesOf(last.id)).toEqual(['transfer-in-no-activity']);
  const view = value(await viewRegisters(desk.auditor, desk.context));
  for (const { code, kind, count } of view.counts) {
    const lines =
      kind === 'contract'
        ? await without()
        : value(await listRegister(desk.auditor, { kind, finding: code }, desk.context)).lines;
    expect([code, lines.length]).toEqual([code, count]);
  }
  for (const { kind, count, open } of view.kinds) {
    const lines = async (finding: string | null) =>
      value(await listRegister(desk.auditor, { kind, finding }, desk.context)).lines.length;
    expect([kind, await lines(null), await lines('any')]).toEqual([kind, count, open]);
  }
  expect(
    value(await listRegister(desk.auditor, { kind: 'activity', finding: 'nothing' }, desk.context))
      .lines,
  ).toEqual([]);
});

it('the days of these registers stand in their own lists and not among those of resilience', async () => {
  await newActivity(desk, { name: 'Due soon', reviewedOn: day(-300), reviewOn: day(3) });
  const coming = value(await listComing(desk.auditor, desk.context));
  expect(
    coming.lines.filter(({ kind }) => (kindsOf.privacy as readonly string[]).includes(kind)),
  ).toEqual([]);
  const due = value(
    await listRegister(
      desk.auditor,
      { kind: 'activity', dueBy: day(5), order: 'due' },
      desk.context,
    ),
  );
  expect(due.lines.map(({ name }) => name)).toEqual(['Due soon']);
});

it('the worker writes none of these records in the name of a person, and the web server none in its own', async () => {
  const web = desk.database.connect('web');
  const insert = (by: string) => desk.worker.$executeRaw`
    insert into resilience_record (id, kind, created_by, created_at) values (gen_random_uuid(), 'activity', ${by}, now())`;
  await expect(insert(desk.manager.personId)).rejects.toThrow();
  await expect(web.$executeRaw`
    insert into resilience_record (id, kind, created_by, created_at) values (gen_random_uuid(), 'activity', 'system', now())`).rejects.toThrow();
});
