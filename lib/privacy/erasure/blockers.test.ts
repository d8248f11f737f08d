import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBlockers, freeOn, standsAgainst, stopsAll, type ErasureFacts } from './blockers.ts';

const nothing: ErasureFacts = {
  ties: [],
  clients: [],
  operator: null,
  openRequests: [],
  holds: [],
  openCorrections: 0,
};
const hold = { number: 'LH-2026-000001', article: 'Article 17(3)(e) GDPR', sentence: 'A hold.' };
const codesOn = (facts: Partial<ErasureFacts>, today: string): string[] =>
  findBlockers({ ...nothing, ...facts }, today).map(({ code }) => code);

describe('what stands against erasing somebody', () => {
  it('is nothing where nothing is held for a duty', () => {
    expect(findBlockers(nothing, '2026-11-29')).toEqual([]);
    expect(freeOn([], '2026-11-29')).toBe('2026-11-29');
  });

  it('is a relationship that goes on, without a day', () => {
    const blockers = findBlockers(
      { ...nothing, ties: [{ client: 'C-1001', endedOn: null }] },
      '2026-11-29',
    );
    expect(blockers).toMatchObject([{ code: 'relationship', about: 'C-1001', endsOn: null }]);
    expect(freeOn(blockers, '2026-11-29')).toBe(null);
  });

  it.each([
    ['2021-11-28', '2026-11-29', []],
    ['2021-11-29', '2026-11-29', ['due-diligence']],
    ['2021-11-29', '2026-11-30', []],
    // Five years after a leap day end with February.
    ['2024-02-29', '2029-02-28', ['due-diligence']],
    ['2024-02-29', '2029-03-01', []],
  ])('due diligence that ended %s stands for five whole years (%s)', (endedOn, today, codes) => {
    expect(codesOn({ ties: [{ client: 'C-1001', endedOn }] }, today)).toEqual(codes);
  });

  it('is due diligence by the act that applies on the day', () => {
    const ties = [{ client: 'C-1001', endedOn: '2025-01-01' }];
    const articleOn = (today: string) =>
      findBlockers({ ...nothing, ties }, today).find(({ code }) => code === 'due-diligence')
        ?.article;
    expect(articleOn('2027-07-09')).toBe(
      'Article 17(3)(b) GDPR; Article 40 of Directive (EU) 2015/849',
    );
    expect(articleOn('2027-07-10')).toBe(
      'Article 17(3)(b) GDPR; Article 77 of Regulation (EU) 2024/1624',
    );
    // One that goes on is named by the same day.
    const client = { client: 'C-1001', lastRecordOn: null, openOperations: 0, isServed: true };
    const open = findBlockers({ ...nothing, ties, clients: [client] }, '2027-07-10');
    expect(open.find(({ code }) => code === 'due-diligence')?.article).toContain('2024/1624');
  });

  it('is due diligence as long as anybody stands behind the client, and from the last who left', () => {
    const ties = [{ client: 'C-1001', endedOn: '2015-01-01' }];
    const client = { client: 'C-1001', lastRecordOn: null, openOperations: 0 };
    const on = (more: object) =>
      findBlockers({ ...nothing, ties, clients: [{ ...client, ...more }] }, '2026-11-29');
    expect(on({ isServed: true, servedUntil: '2016-01-01' })).toMatchObject([
      { code: 'due-diligence', endsOn: null },
    ]);
    expect(on({ isServed: false, servedUntil: '2024-05-01' })).toMatchObject([
      { code: 'due-diligence', endsOn: '2029-05-02' },
    ]);
    expect(on({ isServed: false, servedUntil: '2015-01-01' })).toEqual([]);
  });

  it.each([
    ['2021-01-01', '2026-12-31', true],
    ['2021-12-31', '2026-12-31', true],
    ['2021-12-31', '2027-01-01', false],
    ['2022-01-01', '2027-01-01', true],
  ])(
    'is what is reported of the year in which it ended (%s), for five whole years (%s)',
    (endedOn, today, isKept) => {
      const ties = [{ client: 'C-1001', endedOn }];
      const codes = codesOn({ ties, hasTaxNumber: true }, today);
      expect(codes.includes('tax-records')).toBe(isKept);
      // Where no number is held, there is nothing to keep.
      expect(codesOn({ ties }, today)).not.toContain('tax-records');
      expect(standsAgainst({ code: 'tax-records' }, 'tax-number', 'tax-reporting')).toBe(true);
      expect(standsAgainst({ code: 'tax-records' }, 'full-name', 'aml-relationship')).toBe(false);
      expect(standsAgainst({ code: 'due-diligence' }, 'tax-number', 'tax-reporting')).toBe(false);
    },
  );

  it('is who acted, and not how to reach them', () => {
    expect(standsAgainst({ code: 'acts-on-record' }, 'full-name', 'employment')).toBe(true);
    for (const field of ['email', 'phone'])
      expect(standsAgainst({ code: 'acts-on-record' }, field, 'staff-contact')).toBe(false);
    expect(standsAgainst({ code: 'works-here' }, 'email', 'staff-contact')).toBe(true);
  });

  it('is the relationship until the day from which its end counts', () => {
    const ties = [{ client: 'C-1001', endedOn: '2026-12-29' }];
    expect(codesOn({ ties }, '2026-12-29')).toEqual(['relationship', 'due-diligence']);
    expect(codesOn({ ties }, '2026-12-30')).toEqual(['due-diligence']);
  });

  it('is of who left a client no service after that, and of the client each', () => {
    const clients = [{ client: 'C-1001', lastRecordOn: '2026-01-01', openOperations: 0 }];
    const until = (...ties: ErasureFacts['ties']) =>
      findBlockers({ ...nothing, ties, clients }, '2026-11-29').find(
        ({ code }) => code === 'records',
      )?.endsOn;
    const left = { client: 'C-1001', isCustomer: false, endedOn: '2024-05-01' };
    expect(until(left)).toBe('2029-05-02');
    expect(until(left, { ...left, endedOn: '2024-06-01' })).toBe('2029-06-02');
    expect(until({ ...left, endedOn: '2026-11-01' })).toBe('2031-01-02');
    expect(until(left, { ...left, endedOn: null })).toBe('2031-01-02');
    expect(until({ ...left, isCustomer: true })).toBe('2031-01-02');
    expect(until({ ...left, client: 'C-1002' })).toBe('2031-01-02');
  });

  it('is everything where somebody has more ties than were looked at', () => {
    const [blocker] = findBlockers({ ...nothing, tooManyTies: 200 }, '2026-11-29');
    expect(blocker).toMatchObject({ code: 'too-many-ties', endsOn: null });
    expect(blocker && stopsAll(blocker)).toBe(true);
    expect(blocker?.sentence).toContain('more than 200 ties');
  });

  it('is the newest record of a service, and what is under way', () => {
    const clients = [{ client: 'C-1001', lastRecordOn: '2026-01-01', openOperations: 2 }];
    expect(codesOn({ clients }, '2026-11-29')).toEqual(['records', 'operation-open']);
    expect(codesOn({ clients }, '2031-01-02')).toEqual(['operation-open']);
  });

  it('keeps who approved something from vanishing behind an erasure', () => {
    expect(codesOn({ operator: { isActive: true, lastActOn: null } }, '2026-11-29')).toEqual([
      'works-here',
    ]);
    const left = { isActive: false, lastActOn: '2026-11-29' };
    expect(codesOn({ operator: left }, '2031-11-29')).toEqual(['acts-on-record']);
    expect(codesOn({ operator: left }, '2031-11-30')).toEqual([]);
    expect(codesOn({ operator: { isActive: false, lastActOn: null } }, '2026-11-29')).toEqual([]);
  });

  it('is another request that is not answered', () => {
    expect(codesOn({ openRequests: ['DR-2026-000001'] }, '2026-11-29')).toEqual(['request-open']);
  });

  it('is a hold and a correction that is not decided, and each stops everything', () => {
    const blockers = findBlockers({ ...nothing, holds: [hold], openCorrections: 1 }, '2026-11-29');
    expect(blockers.map(({ code }) => code)).toEqual(['correction-open', 'hold']);
    for (const blocker of blockers) {
      expect(stopsAll(blocker)).toBe(true);
      expect(standsAgainst(blocker, 'marketing-consent', 'consent-withdrawn')).toBe(true);
    }
  });

  it('stands against the fields alone that its law is about', () => {
    expect(standsAgainst({ code: 'relationship' }, 'email', 'relationship')).toBe(true);
    expect(standsAgainst({ code: 'relationship' }, 'marketing-consent', 'consent-withdrawn')).toBe(
      false,
    );
    expect(standsAgainst({ code: 'due-diligence' }, 'birth-date', 'aml-relationship')).toBe(true);
    expect(standsAgainst({ code: 'due-diligence' }, 'email', 'relationship')).toBe(false);
    expect(standsAgainst({ code: 'records' }, 'iban', 'micar-records')).toBe(true);
    expect(standsAgainst({ code: 'records' }, 'full-name', 'aml-relationship')).toBe(true);
    expect(standsAgainst({ code: 'records' }, 'birth-date', 'aml-relationship')).toBe(false);
    expect(standsAgainst({ code: 'acts-on-record' }, 'full-name', 'employment')).toBe(true);
    expect(standsAgainst({ code: 'acts-on-record' }, 'tax-number', 'aml-relationship')).toBe(false);
  });
});

describe('for any facts', () => {
  const day = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const client = fc.integer({ min: 1000, max: 1005 }).map((number) => `C-${number}`);
  const facts: fc.Arbitrary<ErasureFacts> = fc.record({
    ties: fc.array(fc.record({ client, endedOn: fc.option(day) }), { maxLength: 4 }),
    clients: fc.array(
      fc.record({ client, lastRecordOn: fc.option(day), openOperations: fc.nat({ max: 2 }) }),
      { maxLength: 4 },
    ),
    operator: fc.option(fc.record({ isActive: fc.boolean(), lastActOn: fc.option(day) })),
    openRequests: fc.array(fc.constant('DR-2026-000001'), { maxLength: 1 }),
    holds: fc.array(fc.constant(hold), { maxLength: 1 }),
    openCorrections: fc.nat({ max: 1 }),
  });

  it('nothing stands on the day that is named, and something on every day before', () => {
    fc.assert(
      fc.property(facts, day, (given, today) => {
        const free = freeOn(findBlockers(given, today), today);
        if (free === null) return;
        expect(findBlockers(given, free)).toEqual([]);
        if (free === today) return;
        const before = new Date(Date.parse(free) - 86_400_000).toISOString().slice(0, 10);
        expect(findBlockers(given, before).length).toBeGreaterThan(0);
      }),
    );
  });

  it('what ends is told in the order of its end, and before what no day ends', () => {
    fc.assert(
      fc.property(facts, day, (given, today) => {
        const ends = findBlockers(given, today).map(({ endsOn }) => endsOn ?? '9999');
        expect(ends).toEqual(ends.toSorted());
      }),
    );
  });
});
