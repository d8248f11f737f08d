import { expect, test } from 'vitest';
import { linesToSend, typedSums, unnamedLine } from './typed-sums.ts';

const line = (account: string, debit: string, credit: string, key = 0) => ({
  key,
  account,
  debit,
  credit,
});

test('sums are exact, per asset, of what can be read', () => {
  expect(
    typedSums([
      line('vault/warm-1/SOL', '0.1', ''),
      line('vault/warm-2/SOL', '0.2', ''),
      line(' client/C-1001/SOL ', '', '0.300000000'),
      line('bank/clients-1/EUR', '12.5', ''),
      line('bank/clients-1/EUR', '', 'x'),
      line('nothing', '1', ''),
    ]),
  ).toEqual([
    { asset: 'SOL', debits: '0.300000000', credits: '0.300000000', isEqual: true },
    { asset: 'EUR', debits: '12.50', credits: '0.00', isEqual: false },
  ]);
});

test('sums of 27 digits are exact to the last', () => {
  expect(
    typedSums([
      line('client/C-1001/SOL', '123456789012345678.123456789', ''),
      line('client/C-1002/SOL', '0.000000001', ''),
      line('suspense/deposits/SOL', '', '123456789012345678.12345679'),
    ]),
  ).toEqual([
    {
      asset: 'SOL',
      debits: '123,456,789,012,345,678.123456790',
      credits: '123,456,789,012,345,678.123456790',
      isEqual: true,
    },
  ]);
});

test('a line with an amount and no account is named, since no sum counts it', () => {
  const [named, empty] = [line('suspense/bank/EUR', '450', ''), line('', '', '')];
  expect(unnamedLine([named, line(' ', '', '450')])).toBe(2);
  expect(unnamedLine([line('client/C-1', '1', ''), named])).toBe(1);
  expect(unnamedLine([named, empty, line('client/C-1001/EUR', '', '450')])).toBeNull();
});

test('empty lines are not sent, and a line with two amounts is asked about', () => {
  expect(linesToSend([line('a', '1', ''), line('', '', ''), line('b', '', '1')])).toEqual([
    { account: 'a', side: 'debit', amount: '1' },
    { account: 'b', side: 'credit', amount: '1' },
  ]);
  expect(linesToSend([line('a', '1', '1')])).toContain('a debit or a credit');
  expect(linesToSend([line('a', '', '')])).toEqual([{ account: 'a', side: 'credit', amount: '' }]);
});
