import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds, numberPrefix, type Kind } from '../records/kinds.ts';
import { readFacts, readTexts } from '../records/read-facts.ts';
import { rulesFor } from '../records/rules-of.ts';
import { faultsOf, fieldsOf, one, standing } from '../testing/kind-faults.ts';
import {
  activitySample,
  consentSample,
  dpiaSample,
  noticeSample,
  partySample,
  processorSample,
  transferSample,
} from '../testing/privacy-samples.ts';
import {
  assetSample,
  contractSample,
  entitySample,
  findingSample,
  functionSample,
  leiOf,
  planSample,
  planTestSample,
  providerSample,
  riskSample,
  testSample,
  sampleUse,
} from '../testing/samples.ts';

const provider = randomUUID();
const subcontractor = randomUUID();
const served = randomUUID();

const samples: Readonly<Record<Kind, object>> = {
  entity: entitySample,
  provider: providerSample,
  function: functionSample,
  contract: contractSample(provider, served),
  asset: assetSample,
  risk: riskSample(one),
  finding: findingSample,
  test: testSample(served),
  plan: planSample(served),
  'plan-test': planTestSample(randomUUID()),
  activity: activitySample(one, provider),
  dpia: dpiaSample(one, provider),
  transfer: transferSample,
  processor: processorSample(provider),
  notice: noticeSample,
  consent: consentSample,
  party: partySample,
};

describe('every kind', () => {
  it('accepts its sample, refuses what it does not know, and numbers like no other', () => {
    for (const kind of kinds) {
      expect([kind, faultsOf(kind, samples[kind])]).toEqual([kind, []]);
      expect(fieldsOf(kind, { ...samples[kind], surprise: 1 })).toEqual(['surprise']);
      for (const field of Object.keys(samples[kind]))
        expect([
          kind,
          field,
          fieldsOf(kind, { ...samples[kind], [field]: { odd: true } }),
        ]).not.toEqual([kind, field, []]);
    }
    expect(new Set(Object.values(numberPrefix)).size).toBe(kinds.length);
  });

  it('gives each wrong field a sentence', () => {
    for (const kind of kinds)
      for (const field of Object.keys(samples[kind]))
        for (const { reason } of faultsOf(kind, { ...samples[kind], [field]: Symbol('odd') }))
          expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it('refuses whatever is sent instead of facts with sentences, and never breaks', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), odd, fc.string(), (kind, facts, field) => {
        for (const given of [facts, { ...samples[kind], [field]: facts }]) {
          const reading = readFacts(rulesFor(kind), given);
          if (!reading.ok)
            for (const { reason } of reading.faults) expect(reason).toMatch(/^[A-Z].*\.$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('holds 64 KB and lists of 200 at most', () => {
    const uses = Array.from({ length: 201 }, (_, index) => ({
      ...sampleUse(provider, served),
      startsOn: `20${10 + (index % 80)}-01-01`,
    }));
    const contract = contractSample(provider, served);
    expect(fieldsOf('contract', { ...contract, uses })).toEqual(['uses']);
    expect(fieldsOf('contract', { ...contract, uses: uses.slice(0, 190) })).toEqual(['record']);
  });
});

describe('providers', () => {
  it('that are legal persons have an LEI or EUID with right check digits, outside the Union an LEI', () => {
    const wrong = `${leiOf(2).slice(0, 18)}${leiOf(2).endsWith('00') ? '01' : '00'}`;
    expect(fieldsOf('provider', { ...providerSample, code: wrong })).toEqual(['code']);
    expect(fieldsOf('provider', { ...providerSample, codeType: 'eba_qCO:qx2003' })).toEqual([
      'codeType',
    ]);
    const euid = { ...providerSample, codeType: 'eba_qCO:qx2002', code: 'NLNHR.12345678' };
    expect(fieldsOf('provider', euid)).toEqual([]);
    expect(fieldsOf('provider', { ...euid, country: 'US' })).toEqual(['codeType']);
    expect(fieldsOf('provider', { ...euid, code: 'XXNHR.12345678' })).toEqual(['code']);
  });

  it('that are individuals keep name and code among the texts, which can be erased', () => {
    const person = {
      person: 'eba_CT:x213',
      codeType: 'eba_qCO:qx2001',
      country: 'LU',
    };
    const texts = { code: '1985010112345', name: 'Jean Muller', 'latin-name': 'Jean Muller' };
    expect(fieldsOf('provider', person, texts)).toEqual([]);
    expect(fieldsOf('provider', { ...person, name: 'Jean Muller' }, texts)).toEqual(['name']);
    expect(fieldsOf('provider', person)).toEqual(['code', 'name', 'latin-name']);
  });

  it('that are individuals have a right LEI or EUID and a name in Latin letters, too, until they are erased', () => {
    const texts = { code: leiOf(2), name: 'Иван', 'latin-name': 'Ivan' };
    const person = { person: 'eba_CT:x213', codeType: 'eba_qCO:qx2000', country: 'LU' };
    expect(fieldsOf('provider', person, texts)).toEqual([]);
    expect(fieldsOf('provider', person, { ...texts, code: '123' })).toEqual(['code']);
    expect(
      fieldsOf('provider', { ...person, codeType: 'eba_qCO:qx2002' }, { ...texts, code: 'X' }),
    ).toEqual(['code']);
    expect(fieldsOf('provider', person, { ...texts, 'latin-name': 'Иван' })).toEqual([
      'latin-name',
    ]);
    const erased = { code: '(erased)', name: '(erased)', 'latin-name': '(erased)' };
    expect(fieldsOf('provider', person, erased)).toEqual([]);
  });

  it('give an expense with its currency, and a name in Latin letters', () => {
    expect(fieldsOf('provider', { ...providerSample, currency: null })).toEqual(['expense']);
    expect(fieldsOf('provider', { ...providerSample, expense: '-1' })).toEqual(['expense']);
    expect(fieldsOf('provider', { ...providerSample, expense: '1e9' })).toEqual(['expense']);
    expect(fieldsOf('provider', { ...providerSample, latinName: 'Облако' })).toEqual(['latinName']);
    expect(fieldsOf('provider', { ...providerSample, name: 'Облако' })).toEqual([]);
  });
});

describe('the entity', () => {
  it('has parents, branches and a group that are all in scope, each once', () => {
    const member = {
      lei: leiOf(9),
      name: 'Holding',
      country: 'LU',
      type: 'eba_CT:x318',
      hierarchy: 'eba_RP:x53',
      integratedOn: '2026-01-01',
      updatedOn: '2026-01-01',
    };
    const group = { ...entitySample, parentLei: leiOf(9), group: [member] };
    expect(fieldsOf('entity', group)).toEqual([]);
    expect(fieldsOf('entity', { ...entitySample, parentLei: leiOf(9) })).toEqual(['parentLei']);
    expect(fieldsOf('entity', { ...group, group: [member, member] })).toEqual(['group.1.lei']);
    expect(
      fieldsOf('entity', { ...group, group: [{ ...member, currency: 'EUR', assets: '1' }] }),
    ).toEqual(['group.0.assets']);
    const branch = { code: 'B1', name: 'Branch', country: 'FR', headOffice: leiOf(8) };
    expect(fieldsOf('entity', { ...entitySample, branches: [branch] })).toEqual([
      'branches.0.headOffice',
    ]);
  });
});

describe('contracts', () => {
  const contract = contractSample(provider, served);
  const use = sampleUse(provider, served);

  it('that are subsequent name the overarching one, others none', () => {
    expect(fieldsOf('contract', { ...contract, type: 'eba_CO:x3' })).toEqual(['overarching']);
    expect(fieldsOf('contract', { ...contract, overarching: randomUUID() })).toEqual([
      'overarching',
    ]);
  });

  it('do not end before they start, and end for a reason once they have ended', () => {
    const with_ = (change: object) => ({ ...contract, uses: [{ ...use, ...change }] });
    expect(fieldsOf('contract', with_({ endsOn: '2024-12-31' }))).toEqual(['uses.0.endsOn']);
    expect(fieldsOf('contract', with_({ endReason: 'eba_CO:x4' }))).toEqual(['uses.0.endsOn']);
    expect(fieldsOf('contract', with_({ endsOn: '2099-01-01', endReason: 'eba_CO:x4' }))).toEqual([
      'uses.0.endReason',
    ]);
    expect(fieldsOf('contract', with_({ startsOn: '2025-02-30' }))).toEqual(['uses.0.startsOn']);
    const ended = with_({ endsOn: '2026-01-31', endReason: 'eba_CO:x4' });
    expect(standing('contract', ended)).toMatchObject({ state: 'ended', dueOn: null });
  });

  it('have no line twice', () => {
    expect(fieldsOf('contract', { ...contract, uses: [use, use] })).toEqual(['uses.1']);
    expect(fieldsOf('contract', { ...contract, signatories: [leiOf(1), leiOf(1)] })).toEqual([
      'signatories.1',
    ]);
  });

  it('have chains in which every subcontractor works for somebody of the rank before', () => {
    const service = 'eba_TA:S17';
    const first = { service, provider, rank: 1 };
    const second = { service, provider: subcontractor, rank: 2, recipient: provider };
    const chain = (...links: object[]) => fieldsOf('contract', { ...contract, chain: links });
    expect(chain(first, second)).toEqual([]);
    expect(chain(second)).toEqual(['chain.0.recipient']);
    expect(chain(first, { ...second, rank: 3 })).toEqual(['chain.1.recipient']);
    expect(chain(first, { ...second, service: 'eba_TA:S18' })).toEqual(['chain.1.recipient']);
    expect(chain({ ...first, recipient: subcontractor })).toEqual(['chain.0.recipient']);
    expect(chain(first, { ...second, recipient: null })).toEqual(['chain.1.recipient']);
  });

  it('say why a service is hard to substitute, and why a clause is not needed', () => {
    const [assessment] = contract.assessments ?? [];
    expect(
      fieldsOf('contract', { ...contract, assessments: [{ ...assessment, reason: null }] }),
    ).toEqual(['assessments.0.reason']);
    const clauses = [{ id: '30(3)(d)', answer: 'not-needed' }];
    expect(fieldsOf('contract', { ...contract, clauses })).toEqual(['clauses.0.answer']);
    expect(
      fieldsOf('contract', { ...contract, clauses }, { 'clause.30(3)(d)': 'No such tests.' }),
    ).toEqual([]);
    expect(fieldsOf('contract', { ...contract, clauses: [{ id: '31', answer: 'met' }] })).toEqual([
      'clauses.0.id',
    ]);
  });
});

describe('texts', () => {
  it('stay when they are not given, go when they are empty, and are refused where they are asked', () => {
    const rules = rulesFor('risk');
    const before = { title: 'Keys are lost', 'treatment-plan': 'Shares at two sites.' };
    expect(readTexts(rules, {}, before)).toEqual({ ok: true, value: { written: {}, all: before } });
    expect(readTexts(rules, { 'treatment-plan': ' ' }, before)).toMatchObject({
      ok: true,
      value: { written: { 'treatment-plan': '' } },
    });
    expect(readTexts(rules, { title: '' }, before)).toEqual({
      ok: false,
      faults: [{ field: 'title', reason: 'Give what the risk is called in a few words.' }],
    });
    expect(readTexts(rules, { description: 'a\u202Eb' }, before)).toMatchObject({ ok: false });
    expect(readTexts(rules, { description: 'x'.repeat(4001) }, before)).toMatchObject({
      ok: false,
    });
  });
});
