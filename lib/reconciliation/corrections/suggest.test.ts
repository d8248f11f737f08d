import { describe, expect, test } from 'vitest';
import { answerTo, attributionOf, correctionOf, reversalOf } from './suggest.ts';

const warm = 'vault/warm-1/SOL';
const suspense = 'suspense/deposits/SOL';
const base = {
  account: warm,
  asset: 'SOL',
  kind: 'chain',
  journal: null,
  hasOutside: true,
  missing: null,
};
const journal = {
  id: '12',
  lines: [
    { account: warm, amount: '5' },
    { account: 'client/C-1001/SOL', amount: '-5' },
  ],
};

describe('the lines to start from', () => {
  test('take a journal back, each account once', () => {
    const twice = {
      id: '12',
      lines: [
        ...journal.lines,
        { account: warm, amount: '1234567000000000' },
        { account: suspense, amount: '-1234567000000000' },
      ],
    };
    expect(reversalOf(twice)).toEqual({
      corrects: '12',
      lines: [
        { account: warm, side: 'credit', amount: '1234567.000000005' },
        { account: 'client/C-1001/SOL', side: 'debit', amount: '0.000000005' },
        { account: suspense, side: 'debit', amount: '1234567.000000000' },
      ],
    });
  });

  test('put what arrived and was not booked into suspense, and leave open where what left went', () => {
    expect(answerTo({ ...base, amount: 7n })).toEqual({
      corrects: null,
      lines: [
        { account: warm, side: 'debit', amount: '0.000000007' },
        { account: suspense, side: 'credit', amount: '0.000000007' },
      ],
    });
    expect(answerTo({ ...base, amount: -7n }).lines).toEqual([
      { account: warm, side: 'credit', amount: '0.000000007' },
      { account: '', side: 'debit', amount: '0.000000007' },
    ]);
    const bank = { ...base, account: 'bank/clients-1/EUR', asset: 'EUR', kind: 'bank' };
    expect(answerTo({ ...bank, amount: 250n }).lines[1]).toEqual({
      account: 'suspense/bank/EUR',
      side: 'credit',
      amount: '2.50',
    });
  });

  test('take back what only the books have, and mend the amount of what both have', () => {
    expect(answerTo({ ...base, amount: -5n, journal, hasOutside: false })).toEqual(
      reversalOf(journal),
    );
    expect(answerTo({ ...base, amount: 2n, journal })).toEqual({
      corrects: '12',
      lines: [
        { account: warm, side: 'debit', amount: '0.000000002' },
        { account: 'client/C-1001/SOL', side: 'credit', amount: '0.000000002' },
      ],
    });
  });

  test('are none for what the chain confirmed, and take back what a person booked', () => {
    for (const kind of ['withdrawal', 'deposit', 'vault-transfer', 'network-fee'])
      expect(correctionOf({ ...journal, corrects: null, kind }), kind).toEqual({
        corrects: '12',
        lines: [],
      });
    for (const kind of ['correction', 'bank-entry'])
      expect(correctionOf({ ...journal, corrects: null, kind }), kind).toEqual(reversalOf(journal));
  });

  test('are none where nothing says which account is wrong', () => {
    expect(answerTo({ ...base, account: null, kind: 'liabilities', amount: 7n }).lines).toEqual([]);
  });

  test('leave the amounts open where nothing is left of what came in', () => {
    expect(attributionOf(suspense, 0n, '12')).toEqual({
      corrects: '12',
      lines: [
        { account: suspense, side: 'debit', amount: '' },
        { account: '', side: 'credit', amount: '' },
      ],
    });
  });

  test('give what nobody had claimed to a client who is still to be named', () => {
    expect(attributionOf(suspense, 3n, '12')).toEqual({
      corrects: '12',
      lines: [
        { account: suspense, side: 'debit', amount: '0.000000003' },
        { account: '', side: 'credit', amount: '0.000000003' },
      ],
    });
  });

  const missing = { account: 'missing/bank/EUR', asset: 'EUR', units: 1_250n };
  const all = { ...base, account: null, asset: 'EUR', kind: 'liabilities' };

  test('make good what went out of a bank with the payment that arrived for it', () => {
    const payment = { account: 'suspense/bank/EUR', journal: '40' };
    expect(answerTo({ ...all, amount: -1_250n, missing: { ...missing, payment } })).toEqual({
      corrects: '40',
      lines: [
        { account: 'suspense/bank/EUR', side: 'debit', amount: '12.50' },
        { account: 'missing/bank/EUR', side: 'credit', amount: '12.50' },
      ],
    });
  });

  test('take from nobody where no payment makes good what went out, and answer no surplus with it', () => {
    expect(answerTo({ ...all, amount: -1_250n, missing: { ...missing, payment: null } })).toEqual({
      corrects: null,
      lines: [
        { account: '', side: 'debit', amount: '12.50' },
        { account: 'missing/bank/EUR', side: 'credit', amount: '12.50' },
      ],
    });
    expect(
      answerTo({ ...all, amount: 1_250n, missing: { ...missing, payment: null } }).lines,
    ).toEqual([]);
  });

  test('say that what left a bank and was not booked is missing', () => {
    const bank = { ...base, account: 'bank/clients-1/EUR', asset: 'EUR', kind: 'bank' };
    expect(answerTo({ ...bank, amount: -250n }).lines).toEqual([
      { account: 'bank/clients-1/EUR', side: 'credit', amount: '2.50' },
      { account: 'missing/bank/EUR', side: 'debit', amount: '2.50' },
    ]);
  });

  test('explain what a bank took rather than say that it did not, and move it where books of before netted it', () => {
    const taken = (other: string) => ({
      id: '9',
      kind: 'bank-entry',
      corrects: null,
      lines: [
        { account: 'bank/clients-1/EUR', amount: '-1250' },
        { account: other, amount: '1250' },
      ],
    });
    expect(correctionOf(taken('missing/bank/EUR'))).toEqual({
      corrects: '9',
      lines: [
        { account: '', side: 'debit', amount: '12.50' },
        { account: 'missing/bank/EUR', side: 'credit', amount: '12.50' },
      ],
    });
    expect(correctionOf(taken('suspense/bank/EUR'))).toEqual({
      corrects: '9',
      lines: [
        { account: 'suspense/bank/EUR', side: 'credit', amount: '12.50' },
        { account: 'missing/bank/EUR', side: 'debit', amount: '12.50' },
      ],
    });
  });

  test('are none where a bank took an entry back out of suspense, and make good what of it is missing', () => {
    const back = (lines: { account: string; amount: string }[]) =>
      correctionOf({
        id: '9',
        kind: 'bank-entry',
        corrects: '4',
        lines: [{ account: 'bank/clients-1/EUR', amount: '-1250' }, ...lines],
      });
    expect(back([{ account: 'suspense/bank/EUR', amount: '1250' }])).toEqual({
      corrects: '9',
      lines: [],
    });
    const part = back([
      { account: 'suspense/bank/EUR', amount: '1000' },
      { account: 'missing/bank/EUR', amount: '250' },
    ]);
    expect(part.lines).toEqual([
      { account: '', side: 'debit', amount: '2.50' },
      { account: 'missing/bank/EUR', side: 'credit', amount: '2.50' },
    ]);
  });
});
