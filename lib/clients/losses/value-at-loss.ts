/** What a loss was worth when it happened, exactly: the most that Art 75(8) makes anyone liable for. Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Digits after the point that a price in euro may have. */
export const priceDecimals = 8;

/** Smallest units times a price, divided by this, are cents. */
export const centsDivisor = (decimals: number): bigint =>
  10n ** BigInt(decimals) * 10n ** BigInt(priceDecimals - 2);

/**
 * Amount times price, in cents. A part of a cent is a whole one, so that rounding never takes from
 * who lost something.
 * @param units of the asset's smallest unit, and how many decimals the asset has.
 * @param price of one whole coin, in units of 10^-8 euro.
 */
export function valueInCents(units: bigint, decimals: number, price: bigint): bigint {
  const scale = centsDivisor(decimals);
  return (units * price + scale - 1n) / scale;
}

/**
 * attributable: by an incident of the service or its operation. outside-control: the custodian shows
 * that it came about independently of the service, such as by an inherent problem of the ledger.
 */
export const verdicts = ['attributable', 'outside-control'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictWords: Readonly<Record<Verdict, string>> = {
  attributable: 'Attributable to the custodian',
  'outside-control': 'Outside the custodian’s control',
};

/** Why a liability can't stand; null when it can. Amounts in cents. */
export function findLiabilityFault(
  verdict: Verdict,
  liability: bigint,
  cap: bigint,
): Refused<'over-cap' | 'liability-without-attribution'> | null {
  if (verdict === 'outside-control' && liability > 0n)
    return refuse(
      'liability-without-attribution',
      'A loss outside the custodian’s control carries no liability. Put 0, or attribute it.',
    );
  return liability > cap
    ? refuse(
        'over-cap',
        'Article 75(8) caps liability at the market value at the time of the loss. Put that value or less; what is paid beyond it is goodwill and stands elsewhere.',
      )
    : null;
}
