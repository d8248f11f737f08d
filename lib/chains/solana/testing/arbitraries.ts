/** Random transfers for property tests. */
import { base58 } from '@scure/base';
import fc from 'fast-check';
import type { TransferInput } from '../build.ts';

export const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

export const plainMemo = fc
  .array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: 1, maxLength: 120 })
  .map((codes) => String.fromCharCode(...codes));

export const transfer: fc.Arbitrary<TransferInput> = fc
  .record({
    keys: fc.uniqueArray(bytes32, {
      minLength: 4,
      maxLength: 4,
      selector: (key) => base58.encode(key),
    }),
    value: bytes32,
    lamports: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
    memo: fc.option(plainMemo, { nil: null }),
  })
  .map(({ keys, value, lamports, memo }) => {
    const [feePayer = '', from = '', to = '', account = ''] = keys.map((key) => base58.encode(key));
    return { feePayer, from, to, lamports, memo, nonce: { account, value: base58.encode(value) } };
  });
