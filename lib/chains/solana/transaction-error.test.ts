import { expect, it } from 'vitest';
import { describeTransactionError, transactionError } from './transaction-error.ts';

it.each([
  ['BlockhashNotFound', 'BlockhashNotFound'],
  [{ InstructionError: [1n, { Custom: 1n }] }, 'InstructionError 1 Custom 1'],
  [{ InstructionError: [0, 'InvalidArgument'] }, 'InstructionError 0 InvalidArgument'],
  [{ InsufficientFundsForRent: { account_index: 3n } }, 'InsufficientFundsForRent account_index 3'],
  [{ DuplicateInstruction: 2n }, 'DuplicateInstruction 2'],
])('an error of the chain becomes one line: %#', (error, line) => {
  expect(describeTransactionError(transactionError.parse(error))).toBe(line);
});

it.each([[null], [7], ['<script>'], ['x'.repeat(65)], [[1]], [{ 'a b': 1n }]])(
  'something else is no error of the chain: %#',
  (value) => {
    expect(transactionError.safeParse(value).success).toBe(false);
  },
);
