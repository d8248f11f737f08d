import { assets, currencies } from '#lib/chains/assets.ts';
import { formatAmount } from '#lib/protocol/amount.ts';

/** Exact, with the asset’s decimals where this version knows them. */
export function unitsText(amount: string, asset: string): string {
  const known = [...assets, ...currencies].find(({ code }) => code === asset);
  return known
    ? `${formatAmount(BigInt(amount), known.decimals)} ${asset}`
    : `${amount} of the smallest unit of ${asset}`;
}
