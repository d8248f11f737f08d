import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { amountText } from '../ledger-text.ts';
import { bandState, type BandState } from './tier-band.ts';
import {
  bandView,
  holdingsOf,
  rowsOf,
  sumsOf,
  type BandView,
  type TierRow,
} from './tier-holdings.ts';
import { totalOf } from './tier-sums.ts';

export type TierCardView = {
  band: BandView;
  assets: { asset: string; tiers: TierRow[]; state: BandState }[];
};

/** Shares by tier for the page of vaults; the history has a page of its own. */
export async function viewTierCard(
  actor: Actor,
  { db }: Pick<Context, 'db'>,
): Promise<Result<TierCardView>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const byAsset = await holdingsOf(db);
  return ok({
    band: bandView,
    assets: [...byAsset].flatMap(([asset, holdings]) => {
      const sums = sumsOf(holdings);
      const total = totalOf(sums);
      const tiers = rowsOf(sums, (amount) => amountText(amount, asset));
      return total > 0n ? [{ asset, tiers, state: bandState(sums.cold, total) }] : [];
    }),
  });
}
