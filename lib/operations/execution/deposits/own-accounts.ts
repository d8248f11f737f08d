/** The addresses at which owners are paid, with the vault and the owner that each belongs to. */
import type { Owner } from '#lib/chains/account-context.ts';
import type { Database } from '#lib/platform/db/client.ts';

export type OwnAccount = { address: string; vault: string; owner: Owner };

/** Enough for thousands of clients in tens of vaults; beyond it the oldest vaults come first. */
const accountsMax = 100_000;

/** @param chain CAIP-2. Change comes from payments of our own, so its addresses are left out. */
export async function ownAccountsOn(db: Database, chain: string): Promise<OwnAccount[]> {
  const rows = await db.vaultAccount.findMany({
    where: { branch: 'receive', vault: { chain } },
    orderBy: [{ derivedAt: 'asc' }, { address: 'asc' }],
    take: accountsMax,
  });
  return rows.map(({ address, vaultId, clientId }) => ({
    address,
    vault: vaultId,
    owner: clientId,
  }));
}
