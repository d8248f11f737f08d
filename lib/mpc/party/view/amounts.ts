/** Amounts as people read them, exact to the last unit. */
import { assets } from '#lib/chains/assets.ts';
import { findChain } from '#lib/chains/registry.ts';
import { formatAmount } from '#lib/protocol/amount.ts';

const grouped = (units: string): string => units.replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');

/** `1.250000000 SOL`; an asset this party does not know stays in smallest units. */
export function amountText(units: string, asset: string): string {
  const facts = assets.find(({ code }) => code === asset);
  if (!facts) return `${grouped(units)} smallest units of ${asset}`;
  return `${formatAmount(BigInt(units), facts.decimals)} ${asset}`;
}

/** The same in smallest units, for who counts digits. */
export const unitsText = (units: string): string => `${grouped(units)} smallest units`;

/** The contract that an asset is a token of on a chain; null for the chain's own asset and for what this party does not know. */
export const tokenOf = (chain: string, asset: string): string | null =>
  findChain(chain)?.assets.find((entry) => entry.asset === asset)?.token ?? null;

/** The asset that pays the network fee on a chain, or null for one this party does not know. */
export const feeAssetOf = (chain: string): string | null => findChain(chain)?.feeAsset ?? null;
