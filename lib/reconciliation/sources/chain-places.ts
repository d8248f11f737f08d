/** Every vault with the assets of its chain. */
import { assets } from '#lib/chains/assets.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Place } from '../place.ts';

/** There are tens of vaults, not thousands. */
const vaultsMax = 1_000;

export async function chainPlaces(
  db: Database | Tx,
): Promise<{ place: Place; isHourly: boolean }[]> {
  const vaults = await db.vault.findMany({ orderBy: { id: 'asc' }, take: vaultsMax });
  return vaults.flatMap(({ id, tier, chain }) =>
    assets
      .filter(({ chains }) => chains.includes(chain))
      .map(({ code }) => ({
        place: { kind: 'chain' as const, asset: code, place: id },
        isHourly: tier === 'hot',
      })),
  );
}
