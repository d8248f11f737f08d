import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAfter, duties, dutyCalendar } from './calendar.ts';
import { clauseLines, missingClauses } from './clauses.ts';
import {
  findConcentrations,
  ultimateParent,
  type ContractSeen,
  type ProviderSeen,
} from './concentration.ts';
import { daysAfter, monthsAfter } from './days.ts';
import { findGaps, type Framework } from './invariants.ts';
import { clauses } from './kinds/contract-words.ts';
import { contractFacts } from './kinds/contract.ts';
import { contractSample, sampleUse } from './testing/samples.ts';

const today = '2026-11-28';
const [cloud, parent, sub, far] = ['1', '2', '3', '4'].map(
  (digit) =>
    `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`,
) as [string, string, string, string];
const served = '99999999-9999-4999-8999-999999999999';
const contractWith = (change: object = {}) =>
  contractFacts.parse({ ...contractSample(cloud, served), ...change });

describe('days', () => {
  it('a month later is the same day, or the last of a shorter month', () => {
    expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28');
    expect(monthsAfter('2024-02-29', 12)).toBe('2025-02-28');
    expect(monthsAfter('2026-03-31', -1)).toBe('2026-02-28');
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('months are never lost: the month counted on is the month that is reached', () => {
    const day = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2150-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.integer({ min: -600, max: 600 }), (at, months) => {
        const text = at.toISOString().slice(0, 10);
        const index = (of: string): number => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7));
        expect(index(monthsAfter(text, months)) - index(text)).toBe(months);
      }),
    );
  });
});

describe('the calendar of duties', () => {
  it('says when each is due by its frequency, and what is overdue, soonest first', () => {
    const calendar = dutyCalendar(
      { 'vulnerability-scan': '2026-11-20', 'functions-assessed': '2026-03-01' },
      today,
    );
    expect(calendar).toHaveLength(duties.length);
    expect(calendar[0]).toMatchObject({
      id: 'vulnerability-scans',
      dueOn: '2026-11-27',
      state: 'overdue',
    });
    expect(calendar[1]).toMatchObject({ id: 'classification', dueOn: '2027-03-01', state: 'due' });
    expect(calendar.find(({ id }) => id === 'internal-audit')?.state).toBe('on-event');
    expect(calendar.find(({ id }) => id === 'system-tests')?.state).toBe('unknown');
  });

  it('names an article for each, once', () => {
    expect(new Set(duties.map(({ id }) => id)).size).toBe(duties.length);
    expect(duties.every(({ article }) => article !== '')).toBe(true);
    expect(dueAfter(null, today)).toBeNull();
  });
});

describe('clauses', () => {
  it('are more of a contract for a critical function, and those not answered are missing', () => {
    const contract = contractWith({
      clauses: [
        { id: '30(1)', answer: 'met', at: '§ 1' },
        { id: '30(2)(a)', answer: 'missing' },
      ],
    });
    expect(clauseLines(contract, true)).toHaveLength(clauses.length);
    expect(missingClauses(contract, true)).toHaveLength(clauses.length - 1);
    expect(missingClauses(contract, false).map(({ id }) => id)).not.toContain('30(3)(a)');
    expect(missingClauses(contract, false).map(({ id }) => id)).toContain('28(7)');
  });
});

describe('concentration', () => {
  const providers: ProviderSeen[] = [
    { id: cloud, name: 'Cloud', country: 'NL', parent },
    { id: parent, name: 'Parent', country: 'IE', parent: null },
    { id: sub, name: 'Sub', country: 'DE', parent },
    { id: far, name: 'Far', country: 'US', parent: null },
  ];
  const seen = (id: string, facts = contractWith()): ContractSeen => ({ id, ref: id, facts });
  const find = (contracts: ContractSeen[], isCritical = true) =>
    findConcentrations(contracts, providers, () => isCritical, today);

  it('is several critical contracts with closely connected providers', () => {
    const other = contractWith({ uses: [sampleUse(sub, served)], assessments: [], chain: [] });
    expect(find([seen('A'), seen('B', other)])).toContainEqual({
      kind: 'several-critical',
      article: 'DORA 29(1)(b)',
      provider: parent,
      contracts: ['A', 'B'],
      detail: '2',
    });
    expect(find([seen('A')]).map(({ kind }) => kind)).toEqual(['not-substitutable']);
    expect(find([seen('A'), seen('B')], false)).toEqual([]);
  });

  it('counts no contract that has ended', () => {
    const ended = contractWith({ uses: [{ ...sampleUse(cloud, served), endsOn: '2026-11-27' }] });
    expect(find([seen('A', ended), seen('B', ended)])).toEqual([]);
  });

  it('is a third country or a long chain, also far down', () => {
    const service = 'eba_TA:S17';
    const chain = [
      { service, provider: cloud, rank: 1 },
      { service, provider: parent, rank: 2, recipient: cloud },
      { service, provider: sub, rank: 3, recipient: parent },
      { service, provider: far, rank: 4, recipient: sub },
    ];
    const kinds = find([seen('A', contractWith({ chain }))]);
    expect(kinds).toContainEqual({
      kind: 'third-country',
      article: 'DORA 29(2)',
      provider: far,
      contracts: ['A'],
      detail: 'US',
    });
    expect(kinds).toContainEqual({
      kind: 'long-chain',
      article: 'DORA 29(2)',
      provider: far,
      contracts: ['A'],
      detail: '4',
    });
  });

  it('finds one top for all of a group, even where parents name one another in a ring', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat({ max: 11 }), { nil: null }), { minLength: 12, maxLength: 12 }),
        (parents) => {
          const byId = new Map(
            parents.map((of, index) => [
              String(index),
              {
                id: String(index),
                name: '',
                country: 'NL',
                parent: of === null ? null : String(of),
              },
            ]),
          );
          for (const [id, { parent: above }] of byId)
            if (above !== null) expect(ultimateParent(id, byId)).toBe(ultimateParent(above, byId));
        },
      ),
    );
  });
});

describe('what a critical function has to have', () => {
  const whole: Framework = {
    functions: [{ id: served, facts: { critical: 'eba_BT:x28', rtoHours: 4, rpoHours: 1 } }],
    plans: [{ id: 'plan', facts: { functions: [served], state: 'approved' } }],
    planTests: [{ id: 'drill', facts: { plan: 'plan', state: 'passed', doneOn: '2026-01-15' } }],
    tests: [],
    contracts: [
      {
        id: 'contract',
        facts: contractWith(),
        texts: {
          'exit-triggers': 'When the service stands still.',
          'exit-alternatives': 'Two others.',
          'exit-transition': 'In three months.',
          'exit-data-return': 'By file.',
        },
      },
    ],
  };
  const gaps = (change: Partial<Framework>) =>
    findGaps({ ...whole, ...change }, today).map(({ what, contract }) => [what, contract]);

  it('nothing is missing where all of it is there', () => {
    expect(gaps({})).toEqual([]);
  });

  it('each missing part is named, with the contract that lacks it', () => {
    const facts = { critical: 'eba_BT:x28', rtoHours: null, rpoHours: null } as const;
    expect(gaps({ functions: [{ id: served, facts }] })).toEqual([
      ['rto', null],
      ['rpo', null],
    ]);
    expect(gaps({ plans: [] })).toEqual([
      ['plan', null],
      ['test', null],
    ]);
    const old = { plan: 'plan', state: 'passed', doneOn: '2025-11-27' } as const;
    expect(gaps({ planTests: [{ id: 'drill', facts: old }] })).toEqual([['test', null]]);
    const bare = {
      id: 'contract',
      facts: contractWith({ assessments: [] }),
      texts: {},
    };
    expect(gaps({ contracts: [bare] })).toEqual([
      ['assessment', 'contract'],
      ['exit-plan', 'contract'],
    ]);
  });

  it('nothing is asked of a function that is not critical, nor of a contract that has ended', () => {
    const facts = { critical: 'eba_BT:x29', rtoHours: null, rpoHours: null } as const;
    expect(gaps({ functions: [{ id: served, facts }], plans: [] })).toEqual([]);
    const ended = contractWith({
      assessments: [],
      uses: [{ ...sampleUse(cloud, served), endsOn: '2026-01-01' }],
    });
    expect(gaps({ contracts: [{ id: 'contract', facts: ended, texts: {} }] })).toEqual([]);
  });
});
