import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, addressOf, isSolanaAddress, isTransactionId } from './address.ts';

describe('an address', () => {
  it('is exactly 32 bytes in base58, in one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 48 }), (bytes) => {
        const text = base58.encode(bytes);
        expect(isSolanaAddress(text)).toBe(bytes.length === 32);
        if (bytes.length === 32) expect(addressOf(addressBytes(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a number', 42],
    ['null', null],
    ['look-alike letters outside base58', '0OIl'.repeat(10)],
    ['a space in front', ` ${'1'.repeat(32)}`],
    ['a line break behind', `${'1'.repeat(32)}\n`],
    ['one 1 too many', '1'.repeat(33)],
    ['full-width digits', '１'.repeat(32)],
    ['a very long text', '1'.repeat(1_000_000)],
    ['an EVM address', '0x52908400098527886E0F7030069857D2E4169EE7'],
  ])('is not %s', (_name, text) => {
    expect(isSolanaAddress(text)).toBe(false);
  });

  it('may lie off the curve, as accounts of programs do', () => {
    expect(isSolanaAddress('SysvarRecentB1ockHashes11111111111111111111')).toBe(true);
    expect(isSolanaAddress('1'.repeat(32))).toBe(true);
  });
});

it('a transaction id is exactly 64 bytes', () => {
  expect(isTransactionId(base58.encode(new Uint8Array(64).fill(7)))).toBe(true);
  expect(isTransactionId(base58.encode(new Uint8Array(63).fill(7)))).toBe(false);
  expect(isTransactionId('1'.repeat(65))).toBe(false);
});
