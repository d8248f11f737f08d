import { expect, it } from 'vitest';
import { feeWords } from './fee-words.ts';

it('the fee is told in the asset of the chain, with its decimals, and who bears it', () => {
  expect(feeWords({ chain: 'solana:sandbox', highestFee: '10000' })).toBe(
    'at most 0.000010000 SOL, paid by the custodian',
  );
  expect(
    feeWords({ chain: 'eip155:31337', highestFee: '2000000000000000', feeBearer: 'C-20418' }),
  ).toBe('at most 0.002000000000000000 ETH, borne by client C-20418');
});
