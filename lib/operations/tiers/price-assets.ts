import type { Context } from '#lib/platform/context.ts';
import { eurCentsOf, type PriceFact } from '#lib/protocol/signed-facts.ts';
import { newestFact } from '../facts/fact-cache.ts';
import { loadTrust } from '../trust.ts';

/**
 * What amounts are worth by the newest signed prices that the policy does not hold for too old.
 * @returns cents of a euro, rounded up; null for an asset whose price no source has said lately.
 */
export async function priceAssets(
  assets: readonly string[],
  { db, clock }: Context,
): Promise<(asset: string, units: bigint) => bigint | null> {
  const trust = await loadTrust(db);
  const prices = new Map<string, PriceFact>();
  if (trust) {
    const { policy } = trust;
    const sources = (policy.sources ?? []).filter(({ fact }) => fact === 'price');
    for (const asset of assets)
      for (const source of sources) {
        const subject = { asset, client: null, destination: null };
        const signed = await newestFact(db, { source, policy, subject, now: clock() });
        if (signed?.fact.fact === 'price') prices.set(asset, signed.fact);
      }
  }
  return (asset, units) => {
    const price = prices.get(asset);
    return price ? eurCentsOf(units, price) : null;
  };
}
