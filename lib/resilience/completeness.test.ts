import { describe, expect, it } from 'vitest';
import { CompletenessCount, openColumns, shareOf, type RowAbout } from './completeness.ts';
import { contractFacts } from './kinds/contract.ts';
import { countContract } from './records/count-rows.ts';
import { templateCodes, type Row } from './roi/column.ts';
import { contractSample, leiOf, sampleUse } from './testing/samples.ts';

const about = (change: Partial<RowAbout> = {}): RowAbout => ({
  isCritical: false,
  isDirect: false,
  referenceDate: '2026-12-31',
  ...change,
});
const use: Row = {
  c0010: 'C-1',
  c0020: leiOf(1),
  c0030: leiOf(2),
  c0040: 'eba_qCO:qx2000',
  c0050: 'F1',
  c0060: 'eba_TA:S17',
  c0070: '2025-01-01',
  c0080: '9999-12-31',
  c0130: 'eba_GA:qx2007',
  c0150: 'eba_GA:qx2007',
  c0160: 'eba_GA:qx2007',
};

describe('cells that are asked', () => {
  it('of a contract are more for a critical function, and more still where data are stored', () => {
    expect(openColumns('B_02.02', use, about())).toEqual([]);
    const critical = ['c0100', 'c0110', 'c0120', 'c0130', 'c0140', 'c0160', 'c0180'];
    expect(openColumns('B_02.02', use, about({ isCritical: true }))).toEqual(critical);
    const stored = { ...use, c0140: 'eba_BT:x28' };
    expect(openColumns('B_02.02', stored, about({ isCritical: true }))).toEqual(
      [...critical.filter((code) => code !== 'c0140'), 'c0150', 'c0170'].toSorted(),
    );
  });

  it('ask the reason of an end once it lies behind', () => {
    expect(openColumns('B_02.02', { ...use, c0080: '2026-12-31' }, about())).toEqual(['c0090']);
    expect(openColumns('B_02.02', { ...use, c0080: '2027-01-01' }, about())).toEqual([]);
  });

  it('ask an expense of direct providers, and objectives of critical functions', () => {
    const provider = { c0010: 'x', c0020: 'x', c0050: 'x', c0060: 'x', c0070: 'x', c0080: 'x' };
    expect(openColumns('B_05.01', provider, about())).toEqual([]);
    expect(openColumns('B_05.01', provider, about({ isDirect: true }))).toEqual([
      'c0090',
      'c0100',
      'c0110',
      'c0120',
    ]);
    const served = {
      c0010: 'F1',
      c0020: 'x',
      c0030: 'x',
      c0040: 'x',
      c0050: 'x',
      c0070: '9999-12-31',
      c0080: '0',
      c0090: '1',
      c0100: 'x',
    };
    expect(openColumns('B_06.01', served, about())).toEqual([]);
    expect(openColumns('B_06.01', served, about({ isCritical: true }))).toEqual(['c0070', 'c0080']);
  });
});

describe('counting', () => {
  const provider = '11111111-1111-4111-8111-111111111111';
  const served = '22222222-2222-4222-8222-222222222222';
  const names = {
    own: leiOf(1),
    providers: new Map([[provider, { code: leiOf(2), type: 'eba_qCO:qx2000' }]]),
    functions: new Map([[served, 'F1']]),
    contracts: new Map<string, string>(),
  };
  const counted = (change: object = {}) => {
    const count = new CompletenessCount();
    const facts = contractFacts.parse({ ...contractSample(provider, served), ...change });
    countContract(count, facts, new Set([served]), names, '2026-12-31');
    return count.list();
  };

  it('a whole contract is complete in every template', () => {
    const list = counted();
    expect(list.map(({ template }) => template)).toEqual(templateCodes);
    expect(list.filter((one) => shareOf(one) < 1)).toEqual([]);
  });

  it('rows that should be there and are not count as open', () => {
    const bare = counted({ signatories: [], assessments: [], users: [], chain: [] });
    expect(
      bare.filter(({ missingRows }) => missingRows > 0).map(({ template }) => template),
    ).toEqual(['B_03.01', 'B_04.01', 'B_05.02', 'B_07.01']);
    for (const { asked, filled, missingRows } of bare)
      if (missingRows > 0) expect(filled).toBeLessThan(asked);
  });

  it('never finds more filled than asked', () => {
    const { law: _law, ...without } = sampleUse(provider, served);
    for (const list of [counted(), counted({ uses: [without] }), counted({ uses: [] })])
      for (const { asked, filled } of list) expect(filled).toBeLessThanOrEqual(asked);
    expect(shareOf(counted({ uses: [without] })[4] ?? { asked: 0, filled: 0 })).toBeLessThan(1);
  });
});
