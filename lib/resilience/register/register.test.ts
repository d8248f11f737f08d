import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessmentFacts, chainFacts, contractFacts, useFacts } from '../kinds/contract.ts';
import { entityFacts } from '../kinds/entity.ts';
import { functionFacts } from '../kinds/function.ts';
import { providerFacts } from '../kinds/provider.ts';
import { contractRows } from '../records/register-source.ts';
import { templateCodes, type Row, type TemplateCode } from '../roi/column.ts';
import { columnsOf } from '../roi/templates.ts';
import {
  assessmentSample,
  contractSample,
  entitySample,
  functionSample,
  leiOf,
  providerSample,
  sampleUse,
} from '../testing/samples.ts';
import type { Inward, Outward } from './cells.ts';
import {
  contractDraft,
  entityDraft,
  functionDraft,
  groupContracts,
  providerDraft,
} from './drafts.ts';
import { orderByNeeds } from './order.ts';
import {
  branchRows,
  definitionRow,
  entityRows,
  functionRow,
  maintainerRow,
  providerRow,
} from './rows-out.ts';
import { findContradictions } from './said-twice.ts';

const provider = randomUUID();
const sub = randomUUID();
const served = randomUUID();
const inside = randomUUID();
const outside = randomUUID();
const lei = 'eba_qCO:qx2000';
const outward: Outward = {
  own: leiOf(1),
  providers: new Map([
    [provider, { code: leiOf(2), type: lei }],
    [sub, { code: 'DEHRB.12345', type: 'eba_qCO:qx2002' }],
  ]),
  functions: new Map([[served, 'F1']]),
  contracts: new Map([
    [inside, 'C-CLOUD-1'],
    [outside, 'C-RACKS'],
  ]),
};
const inward: Inward = {
  own: leiOf(1),
  providers: new Map([
    [leiOf(2), provider],
    ['DEHRB.12345', sub],
  ]),
  functions: new Map([['F1', served]]),
  contracts: new Map([
    ['C-CLOUD-1', inside],
    ['C-RACKS', outside],
  ]),
};
const referenceDate = '2026-12-31';
const ofContracts = [
  'B_02.01',
  'B_02.02',
  'B_02.03',
  'B_03.01',
  'B_03.02',
  'B_03.03',
  'B_04.01',
  'B_05.02',
  'B_07.01',
] as const;

const contract = contractFacts.parse({
  ...contractSample(provider, served),
  groupProviders: [leiOf(3)],
  restsOn: [outside],
  users: [{}, { branch: 'FR-1' }],
  uses: [
    sampleUse(provider, served),
    {
      provider: sub,
      function: served,
      service: 'eba_TA:S04',
      startsOn: '2024-05-01',
      endsOn: '2026-01-31',
      endReason: 'eba_CO:x4',
    },
  ],
  chain: [
    { service: 'eba_TA:S17', provider, rank: 1 },
    { service: 'eba_TA:S17', provider: sub, rank: 2, recipient: provider },
  ],
});
const rowsOfContract = (of: typeof contract): Partial<Record<TemplateCode, Row[]>> =>
  Object.fromEntries(
    ofContracts.map((template) => [template, contractRows(template, of, outward, referenceDate)]),
  );
const draftOf = (rows: Partial<Record<TemplateCode, Row[]>>) => {
  const found = groupContracts(rows).contracts.get(contract.reference);
  if (!found) throw new Error('No such contract');
  return contractDraft(found, rows, inward, contract);
};

describe('rows', () => {
  it('have the columns of their templates and no others', () => {
    const entity = entityFacts.parse({
      ...entitySample,
      branches: [{ code: 'FR-1', name: 'Paris', country: 'FR' }],
    });
    const rows: Partial<Record<TemplateCode, Row[]>> = {
      ...rowsOfContract(contract),
      'B_01.01': [maintainerRow(entity, outward, referenceDate)],
      'B_01.02': entityRows(entity, outward, '2026-05-01'),
      'B_01.03': branchRows(entity, outward),
      'B_05.01': [providerRow(provider, providerFacts.parse(providerSample), {}, outward)],
      'B_06.01': [functionRow(functionFacts.parse(functionSample), {}, outward)],
      'B_99.01': [definitionRow({})],
    };
    for (const template of templateCodes)
      for (const row of rows[template] ?? [])
        expect([template, Object.keys(row).toSorted()]).toEqual([
          template,
          columnsOf(template).map(({ code }) => code),
        ]);
    expect(Object.values(rows).every((of) => of.length > 0)).toBe(true);
  });

  it('spell what the law asks where there is nothing: no day, no country, no master', () => {
    const rows = rowsOfContract(contract);
    expect(rows['B_02.01']).toEqual([
      {
        c0010: 'C-CLOUD-1',
        c0020: 'eba_CO:x1',
        c0030: 'Not applicable',
        c0040: 'eba_CU:EUR',
        c0050: '120000.50',
      },
    ]);
    expect(rows['B_02.02']?.[0]).toMatchObject({
      c0080: '9999-12-31',
      c0130: 'eba_GA:NL',
      c0140: 'eba_BT:x28',
    });
    expect(rows['B_02.02']?.[1]).toMatchObject({
      c0040: 'eba_qCO:qx2002',
      c0080: '2026-01-31',
      c0090: 'eba_CO:x4',
      c0130: 'eba_GA:qx2007',
      c0140: '',
    });
    expect(rows['B_05.02']).toMatchObject([
      { c0050: '1', c0030: leiOf(2), c0060: leiOf(2) },
      { c0050: '2', c0030: 'DEHRB.12345', c0060: leiOf(2), c0070: lei },
    ]);
    expect(rows['B_04.01']).toMatchObject([
      { c0030: 'eba_ZZ:x839', c0040: 'Not applicable' },
      { c0030: 'eba_ZZ:x838', c0040: 'FR-1' },
    ]);
  });

  it('tell no reason of an end that lies after the reference date', () => {
    const [, ended] = contractRows('B_02.02', contract, outward, '2026-01-30');
    expect(ended).toMatchObject({ c0080: '2026-01-31', c0090: '' });
  });

  it('read back are the record they were made of', () => {
    expect(contractFacts.parse(draftOf(rowsOfContract(contract)).facts)).toEqual(contract);
    const entity = entityFacts.parse({
      ...entitySample,
      parentLei: leiOf(9),
      branches: [{ code: 'FR-1', name: 'Paris', country: 'FR' }],
      group: [
        {
          lei: leiOf(9),
          name: 'Holding',
          country: 'LU',
          type: 'eba_CT:x318',
          hierarchy: 'eba_RP:x53',
          integratedOn: '2026-01-01',
          updatedOn: '2026-02-01',
        },
      ],
    });
    const rows = {
      'B_01.01': [maintainerRow(entity, outward, referenceDate)],
      'B_01.02': entityRows(entity, outward, '2026-05-01'),
      'B_01.03': branchRows(entity, outward),
    };
    expect(entityFacts.parse(entityDraft(rows, null)?.facts)).toEqual(entity);
    const facts = functionFacts.parse({ ...functionSample, rtoHours: null, assessedOn: null });
    const row = functionRow(facts, { reason: 'Kept keys.' }, outward);
    const draft = functionDraft(row, 0, inward, null);
    expect([functionFacts.parse(draft.facts), draft.texts]).toEqual([
      facts,
      { reason: 'Kept keys.' },
    ]);
    const known = providerFacts.parse(providerSample);
    const back = providerDraft(providerRow(provider, known, {}, outward), 0, null, null);
    expect(providerFacts.parse(back.facts)).toEqual(known);
  });

  it('of an individual take name and code from the texts, and bring them back there', () => {
    const facts = providerFacts.parse({
      person: 'eba_CT:x213',
      codeType: 'eba_qCO:qx2001',
      country: 'LU',
    });
    const texts = { code: '123', name: 'Jean', 'latin-name': 'Jean' };
    const names = {
      ...outward,
      providers: new Map([[sub, { code: '123', type: 'eba_qCO:qx2001' }]]),
    };
    const row = providerRow(sub, facts, texts, names);
    expect(row).toMatchObject({ c0010: '123', c0050: 'Jean', c0110: '123' });
    const draft = providerDraft(row, 0, null, null);
    expect([providerFacts.parse(draft.facts), draft.texts]).toEqual([facts, texts]);
  });

  it('of any uses, chains and assessments read back are the same', () => {
    const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });
    const use = fc.record({
      user: maybe([leiOf(4)]),
      provider: fc.constantFrom(provider, sub),
      function: fc.constant(served),
      service: fc.constantFrom('eba_TA:S01', 'eba_TA:S19'),
      startsOn: fc.constantFrom('2024-01-01', '2025-02-28'),
      endsOn: maybe(['2026-01-01', '2030-01-01']),
      noticeEntity: maybe([0, 30, 3653]),
      law: maybe(['LU', 'US']),
      providedFrom: maybe(['LU', 'US']),
      storesData: maybe([true, false]),
      dataAt: maybe(['NL']),
      sensitivity: maybe(['eba_ZZ:x791']),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 6 }), fc.boolean(), (uses, exitPlan) => {
        const facts = contractFacts.parse({
          ...contractSample(provider, served),
          uses: uses.map((one) => useFacts.parse(one)),
          chain: [chainFacts.parse({ service: 'eba_TA:S01', provider: sub, rank: 1 })],
          assessments: [
            assessmentFacts.parse({ ...assessmentSample(provider), exitPlan, auditedOn: null }),
          ],
        });
        expect(contractFacts.parse(draftOf(rowsOfContract(facts)).facts)).toEqual(facts);
      }),
      { numRuns: 50 },
    );
  });
});

describe('cells', () => {
  it('that are wrong are found by the field that refused them', () => {
    const draft = draftOf(rowsOfContract(contract));
    expect(draft.placeOf('uses.1.endsOn')).toMatchObject({
      template: 'B_02.02',
      row: 2,
      column: 'c0080',
    });
    expect(draft.placeOf('providerSignatories.0')).toMatchObject({
      template: 'B_03.02',
      row: 1,
      column: 'c0020',
      names: 'providers',
    });
    expect(draft.placeOf('chain.1.recipient')).toMatchObject({
      template: 'B_05.02',
      row: 2,
      column: 'c0060',
    });
    expect(draft.placeOf('currency')).toMatchObject({
      template: 'B_02.01',
      row: 1,
      column: 'c0040',
    });
    expect(draft.placeOf('record')).toMatchObject({ template: 'B_02.01', row: 1, column: 'c0010' });
  });

  it('that say the same thing differently are told', () => {
    const types = new Map([[leiOf(2), lei]]);
    const rows = {
      'B_02.02': [{ c0030: leiOf(2), c0040: 'eba_qCO:qx2002' }],
      'B_04.01': [{ c0030: 'eba_ZZ:x838', c0040: 'Not Applicable' }],
    };
    expect(
      findContradictions(rows, types).map(({ template, column }) => [template, column]),
    ).toEqual([
      ['B_02.02', 'c0040'],
      ['B_04.01', 'c0030'],
    ]);
  });
});

describe('the order in which things are made', () => {
  it('puts each after all that it needs, and names those in a ring', () => {
    const graph = fc.array(fc.array(fc.nat({ max: 14 }), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 15,
    });
    fc.assert(
      fc.property(graph, (all) => {
        const needs = new Map(all.map((of, index) => [String(index), of.map(String)]));
        const { order, rings } = orderByNeeds(needs);
        expect([...order, ...rings].toSorted()).toEqual([...needs.keys()].toSorted());
        for (const [at, item] of order.entries())
          for (const need of needs.get(item) ?? [])
            if (needs.has(need)) expect(order.indexOf(need)).toBeLessThan(at);
        for (const item of rings)
          expect((needs.get(item) ?? []).some((need) => rings.includes(need))).toBe(true);
      }),
    );
  });
});
