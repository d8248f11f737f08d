/**
 * How much of what vaults hold lies in cold. The custodian promises in public that it is over 95 %; this
 * is the one place that says so in figures. Shares are in hundredths of a percent. Pure.
 */

export const whole = 10_000n;

export type TierBand = {
  /** The share must be over this. */
  floor: bigint;
  /** Where a proposed transfer brings it: away from both ends, so that not every payment asks for one. */
  aim: bigint;
  /** Above it too little is at hand to pay out. */
  ceiling: bigint;
};

export const coldBand: TierBand = { floor: 9_500n, aim: 9_650n, ceiling: 9_850n };

export type BandState = 'inside' | 'below' | 'above';

/** Compares exactly, without a division; nothing at all is inside. */
export function bandState(cold: bigint, total: bigint, band: TierBand = coldBand): BandState {
  if (total <= 0n) return 'inside';
  if (cold * whole <= band.floor * total) return 'below';
  return cold * whole > band.ceiling * total ? 'above' : 'inside';
}

/** Share in hundredths of a percent, rounded down, so that it never looks better; null of nothing. */
export const shareOf = (part: bigint, total: bigint): number | null =>
  total <= 0n ? null : Number((part * whole) / total);

/** What has to lie in cold to be at the aim, rounded up. */
export const aimedAt = (total: bigint, { aim }: TierBand = coldBand): bigint =>
  (aim * total + whole - 1n) / whole;
