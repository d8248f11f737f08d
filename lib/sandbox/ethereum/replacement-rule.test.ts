import { expect, test } from 'vitest';
import { isUnderpriced } from './replacement-rule.ts';

const waits = { maxFeePerGas: 1_000n, maxPriorityFeePerGas: 100n };

test.each([
  ['the same', 1_000n, 100n, true],
  ['a tenth more in the fee alone', 1_100n, 100n, true],
  ['a tenth more in the priority alone', 1_000n, 110n, true],
  ['just below a tenth', 1_099n, 110n, true],
  ['a tenth more in both', 1_100n, 110n, false],
])('%s (%s, %s): underpriced %s', (_name, maxFeePerGas, maxPriorityFeePerGas, expected) => {
  expect(isUnderpriced(waits, { maxFeePerGas, maxPriorityFeePerGas })).toBe(expected);
});
