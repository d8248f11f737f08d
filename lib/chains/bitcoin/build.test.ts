import { describe, expect, it, test } from 'vitest';
import type { Decoded } from '../decoded.ts';
import { addressOfScript } from './address.ts';
import { BitcoinBuildError } from './build-error.ts';
import { buildPayment, type AccountCoin, type PaymentInput } from './build.ts';
import { accountScripts } from './context.ts';
import { decode } from './decode.ts';
import { MONEY_MAX } from './limits.ts';
import { BITCOIN_MAINNET } from './networks.ts';
import { testAccount, testCoin, testCoins } from './testing/payments.ts';

const { context: account } = testAccount('ours', 'p2tr');
const { context: ecdsa } = testAccount('ours', 'p2wpkh');
const stranger = accountScripts(testAccount('stranger', 'p2tr').context);
const to = addressOfScript(stranger.receive, account.chain) ?? '';
const own = addressOfScript(accountScripts(account).change, account.chain) ?? '';
const coins = testCoins(account, [900_000n, 70_000n, 50_000n]);

const input: PaymentInput = {
  account,
  coins,
  to,
  amount: 100_000n,
  rate: 1_000n,
  highestFee: 50_000n,
  replaces: null,
};
const inputEcdsa = {
  ...input,
  account: ecdsa,
  coins: testCoins(ecdsa, [900_000n, 70_000n, 50_000n]),
};

function built(of: PaymentInput): Decoded {
  const result = buildPayment(of);
  if (!result.ok) throw new Error(result.refusal);
  return decode(result.unsigned, of.account);
}

const inputsOf = ({ details }: Decoded): string[] =>
  details.family === 'bitcoin' ? details.inputs.map(({ outpoint }) => outpoint) : [];

describe('a payment', () => {
  it('has the same bytes for the same input', () => {
    expect(buildPayment({ ...input, coins: coins.toReversed() })).toEqual(buildPayment(input));
  });

  it('may be asked for with an address in capitals', () => {
    expect(built({ ...input, to: to.toUpperCase() }).to).toBe(to);
  });

  test.each([
    ['amount-out-of-range', { amount: 0n }],
    ['amount-out-of-range', { amount: -1n }],
    ['amount-out-of-range', { amount: MONEY_MAX + 1n }],
    ['amount-below-dust', { amount: 329n }],
    ['insufficient-funds', { amount: 10_000_000n }],
    ['fee-above-bound', { highestFee: 100n }],
    ['fee-above-bound', { rate: 1_000_000n, highestFee: 100_000n }],
  ])('is refused as %s (row %#)', (refusal, changes) => {
    expect(buildPayment({ ...input, ...changes })).toEqual({ ok: false, refusal });
  });

  it('leaves a coin alone that comes out of a transaction larger than nodes pass on', () => {
    const plan = { branch: 'receive', amount: 5_000_000n, seed: 9, hasWitnesses: false } as const;
    // An output of the others has 43 bytes.
    const large = testCoin(ecdsa, { ...plan, before: 2_400 });
    const small = testCoin(ecdsa, { ...plan, before: 2_000 });
    const spent = (coin: AccountCoin) =>
      inputsOf(built({ ...inputEcdsa, coins: [...inputEcdsa.coins, coin] }));
    expect(spent(large)).toEqual(inputsOf(built(inputEcdsa)));
    expect(spent(small)).toEqual([`${small.txid}:${small.vout}`]);
  });

  it('is refused where what parties have to be shown is too much', () => {
    const plan = { branch: 'change', amount: 50_000n, before: 2_000, hasWitnesses: true } as const;
    const bulky = Array.from({ length: 7 }, (_, seed) => testCoin(ecdsa, { ...plan, seed }));
    expect(buildPayment({ ...inputEcdsa, coins: bulky, amount: 320_000n })).toEqual({
      ok: false,
      refusal: 'transaction-too-large',
    });
  });

  const [first] = coins;
  const [firstEcdsa] = inputEcdsa.coins;
  if (!first || !firstEcdsa) throw new Error('The sample has coins.');
  const withPrevious = (previous: Uint8Array | null): PaymentInput => ({
    ...inputEcdsa,
    coins: [{ ...firstEcdsa, previous }],
  });
  test.each<[string, PaymentInput]>([
    ['not-an-address', { ...input, to: 'somewhere' }],
    ['not-an-address', { ...input, account: { ...account, chain: BITCOIN_MAINNET } }],
    ['recipient-is-own-account', { ...input, to: own }],
    ['rate-out-of-range', { ...input, rate: 0n }],
    ['coin-out-of-range', { ...input, coins: [{ ...first, amount: 0n }] }],
    ['coin-out-of-range', { ...input, coins: [{ ...first, vout: 2 ** 32 }] }],
    ['coin-out-of-range', { ...input, coins: [{ ...first, txid: 'AB'.repeat(32) }] }],
    ['same-coin-twice', { ...input, coins: [first, { ...first, amount: 5n }] }],
    ['previous-transaction-missing', withPrevious(null)],
    ['previous-transaction-differs', withPrevious(new Uint8Array(100))],
    ['previous-transaction-differs', withPrevious(inputEcdsa.coins[1]?.previous ?? null)],
    [
      'previous-transaction-differs',
      { ...inputEcdsa, coins: [{ ...firstEcdsa, amount: firstEcdsa.amount + 1n }] },
    ],
    [
      'previous-transaction-differs',
      { ...inputEcdsa, coins: [{ ...firstEcdsa, branch: 'change' as const }] },
    ],
  ])('is not built from a contradiction: %s (row %#)', (fault, of) => {
    expect(() => buildPayment(of)).toThrow(BitcoinBuildError);
    expect(() => buildPayment(of)).toThrow(expect.objectContaining({ fault }));
  });
});

describe.each<[string, PaymentInput]>([
  ['P2TR', input],
  ['P2WPKH', inputEcdsa],
])('a replacement under %s', (_, base) => {
  const before = built({ ...base, amount: 80_000n, coins: base.coins.slice(1, 3) });
  const again = (changes: Partial<PaymentInput>): PaymentInput => ({
    ...base,
    amount: 80_000n,
    replaces: before,
    ...changes,
  });
  const single = built({ ...base, coins: base.coins.slice(0, 1) });

  it('spends the first coin of what it replaces first, whatever has come since', () => {
    const now = built(again({}));
    expect(now.conflictKey).toBe(before.conflictKey);
    expect(inputsOf(now)[0]).toBe(inputsOf(before)[0]);
    expect([now.to, now.amount]).toEqual([before.to, before.amount]);
  });

  it('pays more than what it replaces by at least a satoshi for each virtual byte, whatever the rate', () => {
    const of = { ...base, coins: base.coins.slice(0, 1), replaces: single, rate: 1n };
    const now = built(of);
    if (now.details.family !== 'bitcoin') throw new Error('another family');
    const more = BigInt(now.fee) - BigInt(single.fee);
    expect(more).toBeGreaterThanOrEqual(BigInt(now.details.virtualBytes));
    expect(BigInt(built({ ...of, rate: 90_000n }).fee)).toBeGreaterThan(BigInt(now.fee));
  });

  it('is refused where that is above the bound, or its first coin is gone', () => {
    const of = { ...base, coins: base.coins.slice(0, 1), replaces: single };
    expect(buildPayment({ ...of, highestFee: BigInt(single.fee) + 100n })).toEqual({
      ok: false,
      refusal: 'fee-above-bound',
    });
    expect(buildPayment({ ...of, coins: base.coins.slice(1) })).toEqual({
      ok: false,
      refusal: 'replaced-input-gone',
    });
  });

  it('is none where it would pay something else', () => {
    const fault = expect.objectContaining({ fault: 'replaced-differs' });
    expect(() => buildPayment({ ...base, amount: 99_999n, replaces: single })).toThrow(fault);
    const elsewhere = { ...single, to: own };
    expect(() => buildPayment({ ...base, replaces: elsewhere })).toThrow(fault);
    const other = { ...single, chain: BITCOIN_MAINNET };
    expect(() => buildPayment({ ...base, replaces: other })).toThrow(fault);
  });
});
