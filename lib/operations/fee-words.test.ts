import { expect, it } from 'vitest';
import { feeWords, paidFeeWords } from './fee-words.ts';

it('the fee is told in the asset of the chain, with its decimals, and who bears it', () => {
  expect(feeWords({ chain: 'solana:sandbox', highestFee: '10000' })).toBe(
    'at most 0.000010000 SOL, paid by the custodian',
  );
  expect(
    feeWords({ chain: 'eip155:31337', highestFee: '2000000000000000', feeBearer: 'C-20418' }),
  ).toBe('at most 0.002000000000000000 ETH, borne by client C-20418');
});

it('once the chain has taken it, nothing is said of a bound any more', () => {
  expect(paidFeeWords({ chain: 'eip155:31337', feeBearer: 'C-20418' }, 420_000_000_000_000n)).toBe(
    '0.000420000000000000 ETH, borne by client C-20418',
  );
});
