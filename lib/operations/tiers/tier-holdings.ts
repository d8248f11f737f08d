/** What lies in each vault now, by the ledger, and its parts as rows of a table. */
import { assets } from '#lib/chains/assets.ts';
import { vaultPositions } from '#lib/ledger/queries.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { vaultTier, type VaultTier } from '#lib/protocol/scalars.ts';
import type { Holding } from './propose-transfers.ts';
import { coldBand } from './tier-band.ts';
import { addTo, noSums, sharesOf, tierOrder, type TierSums } from './tier-sums.ts';

/** Hundredths of a percent. */
export type BandView = { floor: number; aim: number; ceiling: number };

export type TierRow = { tier: VaultTier; amount: string; share: number | null };

export const bandView: BandView = {
  floor: Number(coldBand.floor),
  aim: Number(coldBand.aim),
  ceiling: Number(coldBand.ceiling),
};

/**
 * A token that anybody sent to a vault and that the registry does not know can't be moved by these keys,
 * so no share of it is promised.
 */
export const isKnown = (asset: string): boolean => assets.some(({ code }) => code === asset);

/** By asset; one counter for each vault's account, however many journals there are. */
export async function holdingsOf(db: Database | Tx): Promise<Map<string, Holding[]>> {
  const positions = await vaultPositions(db);
  const vaults = await db.vault.findMany({
    select: { id: true, tier: true, chain: true },
    take: 1_000,
  });
  const vaultOf = new Map(vaults.map((vault) => [vault.id, vault]));
  const byAsset = new Map<string, Holding[]>();
  for (const { vault, asset, amount } of positions) {
    const found = vaultOf.get(vault);
    if (!found || !isKnown(asset)) continue;
    const holding = { vault, tier: vaultTier.parse(found.tier), chain: found.chain };
    byAsset.set(asset, [...(byAsset.get(asset) ?? []), { ...holding, amount: BigInt(amount) }]);
  }
  return byAsset;
}

export const sumsOf = (holdings: readonly Holding[]): TierSums =>
  holdings.reduce((sums, { tier, amount }) => addTo(sums, tier, amount), noSums);

export function rowsOf(sums: TierSums, textOf: (amount: bigint) => string): TierRow[] {
  const shares = sharesOf(sums);
  return tierOrder.map((tier) => ({ tier, amount: textOf(sums[tier]), share: shares[tier] }));
}
