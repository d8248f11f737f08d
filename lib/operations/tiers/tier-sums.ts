/** Holdings of one asset, or values of all, by tier. Pure. */
import { vaultTier, type VaultTier } from '#lib/protocol/scalars.ts';
import { shareOf } from './tier-band.ts';

export type TierSums = Readonly<Record<VaultTier, bigint>>;

/** From the safest to what is reached first. */
export const tierOrder: readonly VaultTier[] = vaultTier.options.toReversed();

export const noSums: TierSums = { cold: 0n, warm: 0n, hot: 0n };

export const addTo = (sums: TierSums, tier: VaultTier, amount: bigint): TierSums => ({
  ...sums,
  [tier]: sums[tier] + amount,
});

export const totalOf = (sums: TierSums): bigint =>
  tierOrder.reduce((total, tier) => total + sums[tier], 0n);

export type TierShares = Readonly<Record<VaultTier, number | null>>;

/** In hundredths of a percent, each rounded down. */
export function sharesOf(sums: TierSums): TierShares {
  const total = totalOf(sums);
  return {
    cold: shareOf(sums.cold, total),
    warm: shareOf(sums.warm, total),
    hot: shareOf(sums.hot, total),
  };
}

/**
 * The values of all assets added up.
 * @param valueOf cents of a euro; null where nobody says what the asset is worth.
 * @returns the assets without a value where one of them has something in a vault.
 */
export function valuesOf(
  byAsset: ReadonlyMap<string, TierSums>,
  valueOf: (asset: string, units: bigint) => bigint | null,
): TierSums | { unvalued: string[] } {
  let values = noSums;
  const unvalued: string[] = [];
  for (const [asset, sums] of byAsset)
    for (const tier of tierOrder) {
      if (sums[tier] === 0n) continue;
      const value = valueOf(asset, sums[tier]);
      if (value === null) {
        if (!unvalued.includes(asset)) unvalued.push(asset);
      } else values = addTo(values, tier, value);
    }
  return unvalued.length > 0 ? { unvalued } : values;
}
