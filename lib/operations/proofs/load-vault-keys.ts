/** Public keys of the vaults of a snapshot in which every owner has addresses of their own. */
import { isPooled } from '#lib/chains/account-address.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { ReservesSnapshot, VaultPublicKey } from '#lib/protocol/reserves.ts';
import { keySuite } from '#lib/protocol/suites.ts';

/** In the order of vaults. */
export async function loadVaultKeys(
  { reserves }: Pick<ReservesSnapshot, 'reserves'>,
  db: Database,
): Promise<VaultPublicKey[]> {
  const vaults = reserves.filter(({ chain }) => !isPooled(chain)).map(({ vault }) => vault);
  const rows = await db.vault.findMany({
    where: { id: { in: [...new Set(vaults)] } },
    orderBy: { id: 'asc' },
    select: { id: true, key: { select: { suite: true, publicKey: true } } },
  });
  return rows.map(({ id, key }) => ({
    vault: id,
    suite: keySuite.parse(key.suite),
    publicKey: key.publicKey,
  }));
}
