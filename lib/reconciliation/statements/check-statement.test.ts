import { describe, expect, test } from 'vitest';
import { checkSuccession, type Imported } from './check-succession.ts';
import { answerOf, readStatement } from './read-statement.ts';
import { refusalText } from './refusal.ts';
import type { BankStatement } from './statement.ts';
import { renderCamt, type Rendered } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, otherIban, sampleEntry, sampleIban, sampleStatement } from './testing/samples.ts';

const expected = { iban: sampleIban, currency: 'EUR' };
const today = '2026-11-28';

const read = (changes: Partial<Rendered> = {}, account = expected, day = today) =>
  readStatement(bytesOf(renderCamt(sampleStatement(changes))), 'camt.053', account, day);

describe('a statement', () => {
  test('that is whole, of the account and of days that have passed is taken', () => {
    expect(read().ok).toBe(true);
  });

  test('without entries is taken when its balances agree', () => {
    expect(read({ entries: [] }).ok).toBe(true);
    expect(read({ entries: [], closing: 1n })).toMatchObject({
      refusal: { code: 'balance-differs' },
    });
  });

  test('of another account or currency is refused at the line that says so', () => {
    expect(read({ iban: otherIban })).toMatchObject({
      refusal: { code: 'wrong-account', line: 9 },
    });
    expect(read({ currency: 'USD' })).toMatchObject({
      refusal: { code: 'wrong-currency', line: 10 },
    });
  });

  test('that does not add up by a cent is refused at its closing balance', () => {
    expect(read({ closing: 123_951n })).toMatchObject({
      refusal: { code: 'balance-differs', line: 11 },
    });
  });

  test('whose entries are not in the order of their days is refused at the first that is not', () => {
    const entries = ['2026-11-26', '2026-11-27', '2026-11-26'].map((bookingDate, index) =>
      sampleEntry({ bookingDate, reference: `R-${index}` }),
    );
    expect(read({ entries })).toMatchObject({ refusal: { code: 'out-of-order', line: 14 } });
  });

  test.each(['2026-11-25', '2026-11-28'])(
    'with an entry of %s, outside its days, is refused',
    (day) => {
      const entries = [sampleEntry(), sampleEntry({ bookingDate: day, reference: 'R-2' })];
      expect(read({ entries })).toMatchObject({ refusal: { code: 'outside-period', line: 13 } });
    },
  );

  test('that names an entry twice is refused at the second, which says where the first is', () => {
    const result = read({ entries: [sampleEntry(), sampleEntry()] });
    expect(result).toMatchObject({ refusal: { code: 'reference-repeated', line: 13 } });
    expect(!result.ok && refusalText(result.refusal)).toMatch(/^Line 13: .*line 12\.$/);
  });

  test('that ends before it begins, or tomorrow, is refused', () => {
    expect(read({ from: '2026-11-28', entries: [] })).toMatchObject({
      refusal: { code: 'period-malformed' },
    });
    expect(read({}, expected, '2026-11-26')).toMatchObject({
      refusal: { code: 'in-the-future', line: 11 },
    });
  });
});

describe('after statement 231, which closed with 1,239.50,', () => {
  const first = read();
  if (!first.ok) throw new Error(first.refusal.sentence);
  const before: Imported = {
    hasFile: false,
    hasId: false,
    references: new Set(),
    previous: first.value,
  };
  const next: BankStatement = {
    ...first.value,
    id: 'STMT-2026-232',
    sequence: 232,
    from: '2026-11-28',
    to: '2026-11-28',
    opening: 123_950n,
  };
  const follow = (changes: Partial<BankStatement>, imported: Partial<Imported> = {}) =>
    answerOf(() => checkSuccession({ ...next, ...changes }, { ...before, ...imported }));

  test('statement 232 follows, and any statement is the first of an account without one', () => {
    expect(follow({}).ok).toBe(true);
    expect(follow({ sequence: 900, opening: 5n }, { previous: null }).ok).toBe(true);
  });

  test('its number may be 1 in a new year, and only then', () => {
    expect(follow({ sequence: 1, from: '2027-01-02', to: '2027-01-02' }).ok).toBe(true);
    expect(follow({ sequence: 1 })).toMatchObject({
      refusal: { code: 'sequence-repeated', line: 6 },
    });
    expect(follow({ sequence: 2, from: '2027-01-02', to: '2027-01-02' })).toMatchObject({
      refusal: { code: 'sequence-repeated' },
    });
  });

  test.each<
    [string, Partial<BankStatement>, Partial<Imported>, { code: string; line: number | null }]
  >([
    ['the same bytes', {}, { hasFile: true }, { code: 'already-imported', line: null }],
    ['the same id with other content', {}, { hasId: true }, { code: 'id-used', line: 5 }],
    ['the same number again', { sequence: 231 }, {}, { code: 'sequence-repeated', line: 6 }],
    ['a number left out', { sequence: 233 }, {}, { code: 'sequence-gap', line: 6 }],
    ['days that were told of', { from: '2026-11-26' }, {}, { code: 'period-overlaps', line: 10 }],
    ['another opening balance', { opening: 123_951n }, {}, { code: 'opening-differs', line: 10 }],
    [
      'an entry that was imported',
      {},
      { references: new Set(['BANKREF-0002']) },
      { code: 'entry-imported', line: 13 },
    ],
  ])('%s is refused', (_, changes, imported, refusal) => {
    expect(follow(changes, imported)).toMatchObject({ refusal });
  });
});
