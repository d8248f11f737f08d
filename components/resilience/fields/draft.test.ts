import { describe, expect, it, test } from 'vitest';
import { kinds, type Kind } from '#lib/resilience/records/kinds.ts';
import { rulesFor } from '#lib/resilience/records/rules-of.ts';
import {
  activitySample,
  consentSample,
  dpiaSample,
  noticeSample,
  partySample,
  processorSample,
  transferSample,
} from '#lib/resilience/testing/privacy-samples.ts';
import {
  assetSample,
  contractSample,
  entitySample,
  findingSample,
  functionSample,
  planSample,
  planTestSample,
  providerSample,
  riskSample,
  testSample,
} from '#lib/resilience/testing/samples.ts';
import { changeDraft } from './change-draft.ts';
import { draftOf, sentOf } from './draft.ts';
import { fieldWords, pathWords } from './path-words.ts';
import { sectionsOf } from './sections.ts';

const id = '0b9e6c1e-5f4d-4b7a-9a53-0d1c6f0e2a11';
const samples: Readonly<Record<Kind, object>> = {
  entity: entitySample,
  provider: providerSample,
  function: functionSample,
  contract: contractSample(id, id),
  asset: assetSample,
  risk: riskSample('p-aaaaaaaaaa'),
  finding: findingSample,
  test: testSample(id),
  plan: planSample(id),
  'plan-test': planTestSample(id),
  activity: activitySample('p-aaaaaaaaaa', id),
  dpia: dpiaSample('p-aaaaaaaaaa', id),
  transfer: transferSample,
  processor: processorSample(id),
  notice: noticeSample,
  consent: consentSample,
  party: partySample,
};

const kindList: readonly Kind[] = kinds;

describe('the form of every kind', () => {
  it.each(kindList)('%s: what stands on record comes back unchanged', (kind) => {
    const facts = rulesFor(kind).facts.parse(samples[kind]);
    const sections = sectionsOf[kind];
    expect(sentOf(sections, draftOf(sections, facts, {}), {}).facts).toEqual(facts);
  });

  it.each(kindList)('%s: every text that may be written has its field', (kind) => {
    const sections = sectionsOf[kind];
    const { texts } = draftOf(sections, {}, {});
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(rulesFor(kind).texts).toSorted());
  });
});

test('an empty form is refused with sentences and never breaks', () => {
  for (const kind of kinds) {
    const { facts } = sentOf(sectionsOf[kind], draftOf(sectionsOf[kind], {}, {}), {});
    const read = rulesFor(kind).facts.safeParse(facts);
    expect(read.success).toBe(false);
    for (const issue of read.error?.issues ?? [])
      expect(issue.message, `${kind} ${issue.path.join('.')}`).toMatch(/^[A-Z].*\.$/u);
  }
});

test('what cannot be read as a number goes as it was typed, to be refused at its field', () => {
  const sections = sectionsOf.function;
  const draft = changeDraft(draftOf(sections, functionSample, {}), {
    at: 'fact',
    name: 'rtoHours',
    value: 'four',
  });
  expect(sentOf(sections, draft, {}).facts).toMatchObject({ rtoHours: 'four', rpoHours: 1 });
});

test('lines are added, filled and taken away', () => {
  const sections = sectionsOf.contract;
  const row = { on: '2026-01-01', result: 'passed' };
  let draft = draftOf(sections, { exitTests: [row] }, {});
  draft = changeDraft(draft, { at: 'add', name: 'exitTests', value: { on: '', result: '' } });
  draft = changeDraft(draft, {
    at: 'cell',
    name: 'exitTests',
    line: 1,
    cell: 'on',
    value: '2026-02-01',
  });
  draft = changeDraft(draft, { at: 'remove', name: 'exitTests', line: 0 });
  expect(sentOf(sections, draft, {}).facts['exitTests']).toEqual([
    { on: '2026-02-01', result: '' },
  ]);
  draft = changeDraft(draft, { at: 'add', name: 'signatories', value: '' });
  draft = changeDraft(draft, { at: 'line', name: 'signatories', line: 0, value: ' LEI ' });
  expect(sentOf(sections, draft, {}).facts['signatories']).toEqual(['LEI']);
});

test('only texts that differ are sent, and a field that is no longer asked for is emptied', () => {
  const sections = sectionsOf.risk;
  const before = { title: 'Loss of a key', acceptance: 'Insured.' };
  const facts = { ...riskSample('p-aaaaaaaaaa'), state: 'accepted', acceptedBy: 'p-bbbbbbbbbb' };
  let draft = draftOf(sections, facts, before);
  expect(sentOf(sections, draft, before).texts).toEqual({});
  draft = changeDraft(draft, { at: 'fact', name: 'state', value: 'open' });
  const sent = sentOf(sections, draft, before);
  expect(sent.texts).toEqual({ acceptance: '' });
  expect(sent.facts).toMatchObject({ acceptedBy: null, acceptedOn: null });
});

test('a path is told in the words of the form', () => {
  const words = (path: string) => pathWords(sectionsOf.contract, path);
  expect(words('uses.2.function')).toBe('Uses, line 3: Function');
  expect(words('clause.30(2)(a)')).toBe('Clause 30(2)(a)');
  expect(words('signatories.0')).toBe('LEIs of our entities that sign, line 1');
  expect(pathWords(sectionsOf.risk, 'residual.impact')).toBe(
    'Residual, with what is done about it: Impact',
  );
  expect(pathWords(sectionsOf.entity, 'definition.c0010')).toBe('A standalone arrangement');
  expect(fieldWords(sectionsOf.contract, 'uses.2.function')).toBe('Uses');
  expect(words('nothing')).toBe('nothing');
});
