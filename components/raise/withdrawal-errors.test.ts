import { describe, expect, it } from 'vitest';
import { feeBeside, readAmount, sendable, withdrawalErrors } from './withdrawal-errors.ts';

const regtest = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const anvil = 'eip155:31337';
const btc = { asset: 'BTC', decimals: 8, available: '100000000' };
const sentenceOf = (text: string, balance = btc, fee = 100_000n): string => {
  const reading = readAmount(text, balance, fee);
  return reading.ok ? 'ok' : reading.sentence;
};

describe('the network fee beside an amount', () => {
  it('comes out of the same balance where the client bears it in what is sent', () => {
    expect(feeBeside({ chain: regtest, asset: 'BTC' })).toBe(100_000n);
    expect(feeBeside({ chain: anvil, asset: 'ETH' })).toBe(20_000_000_000_000_000n);
  });

  it('is nothing of that balance for a token, or where the custodian pays', () => {
    expect(feeBeside({ chain: anvil, asset: 'EURC' })).toBe(0n);
    expect(feeBeside({ chain: 'solana:sandbox', asset: 'SOL' })).toBe(0n);
  });
});

describe('an amount in the form', () => {
  it('leaves room for the fee, and the sentence says how much at most', () => {
    expect(sentenceOf('0.999')).toBe('ok');
    expect(sentenceOf('0.99900001')).toBe(
      'The client has 1.00000000 BTC available, and the network may take 0.00100000 BTC of it as its fee. Enter at most 0.99900000 BTC.',
    );
    expect(sentenceOf('1', btc, 0n)).toBe('ok');
    expect(sentenceOf('1.00000001', btc, 0n)).toContain('1.00000000 BTC available. Enter at most');
  });

  it('leaves what is there after it and the highest fee', () => {
    expect(readAmount('0.4', btc, 100_000n)).toMatchObject({ ok: true, rest: 59_900_000n });
    expect(readAmount('0.999', btc, 100_000n)).toMatchObject({ ok: true, rest: 0n });
    expect(readAmount('0.4', btc, 0n)).toMatchObject({ ok: true, rest: 60_000_000n });
    expect(sendable({ ...btc, available: '99999' }, 100_000n)).toBe(0n);
  });

  it('can be none where the balance does not even cover the fee', () => {
    expect(sentenceOf('0.00000001', { ...btc, available: '100000' })).toContain(
      'Nothing can be sent until more is deposited.',
    );
  });

  it('is refused with more decimals than the asset has, never rounded', () => {
    expect(sentenceOf('0.123456789')).toContain('BTC has 8 decimals');
    expect(
      sentenceOf('0.1234567', { asset: 'EURC', decimals: 6, available: '9000000' }, 0n),
    ).toContain('EURC has 6 decimals');
  });

  it('above all there can ever be is more than any client has', () => {
    expect(sentenceOf('21000001')).toContain('Enter at most');
  });
});

describe('a form', () => {
  it('says what is wrong at each field', () => {
    expect(Object.keys(withdrawalErrors({}, null, null))).toEqual([
      'client',
      'destination',
      'vault',
      'amount',
      'reason',
    ]);
  });
});
