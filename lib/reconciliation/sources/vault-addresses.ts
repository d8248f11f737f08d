/** Every address of a vault whose owners have their own: theirs and the custodian's, for coming in and for change. */
import type { Database } from '#lib/platform/db/client.ts';

/** Enough for tens of thousands of clients in one vault; a sum over fewer would be wrong, so more are refused. */
const addressesMax = 100_000;

/** @throws RangeError where there are more than can be asked about one by one. */
export async function vaultAddresses(
  db: Database,
  vault: { id: string; address: string },
): Promise<string[]> {
  const rows = await db.vaultAccount.findMany({
    where: { vaultId: vault.id },
    select: { address: true },
    orderBy: { address: 'asc' },
    take: addressesMax + 1,
  });
  if (rows.length > addressesMax)
    throw new RangeError(`Vault ${vault.id} has more than ${addressesMax} addresses.`);
  return [...new Set([vault.address, ...rows.map(({ address }) => address)])];
}
