import { assets, currencies } from '#lib/chains/assets.ts';
import { formatAmount } from '#lib/protocol/amount.ts';

/** Exact decimal text of an amount in the smallest unit; one of an unknown asset stays in its unit. */
export function unitsText(units: bigint, asset: string): string {
  const known = [...assets, ...currencies].find(({ code }) => code === asset);
  return formatAmount(units, known?.decimals ?? 0);
}
