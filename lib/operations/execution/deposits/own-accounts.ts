/** The addresses at which owners are paid, with the vault and the owner that each belongs to. */
import { addressOfOwner, type Owner } from '#lib/chains/account-context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { vaultKeyOf } from '../chains/source-account.ts';

export type OwnAccount = { address: string; vault: string; owner: Owner };

/** Enough for thousands of clients in tens of vaults. */
const accountsMax = 100_000;

/** Addresses that were derived anew and found right, by all that they follow from. */
const proven = new Set<string>();

/**
 * Each is derived from its vault's key once in the life of this process: a row that says otherwise was not
 * written by a worker, and nothing that comes to it is anybody's deposit.
 * @param chain CAIP-2. Change comes from payments of our own, so its addresses are left out.
 * @throws Error that names the vault where an address does not follow from its key, and where there are
 * more than can be watched.
 */
export async function ownAccountsOn(db: Database, chain: string): Promise<OwnAccount[]> {
  const rows = await db.vaultAccount.findMany({
    where: { branch: 'receive', vault: { chain } },
    include: { vault: { include: { key: true } } },
    orderBy: [{ derivedAt: 'asc' }, { address: 'asc' }],
    take: accountsMax + 1,
  });
  if (rows.length > accountsMax)
    throw new Error(`More than ${accountsMax} accounts on ${chain}: not all can be watched.`);
  return rows.map(({ address, vaultId, clientId, vault }) => {
    const name = `${chain} ${vault.key.publicKey} ${clientId ?? ''} ${address}`;
    if (!proven.has(name)) {
      if (addressOfOwner(vaultKeyOf(vault), clientId) !== address)
        throw new Error(
          `The address on record for ${clientId ?? 'the custodian'} in vault ${vaultId} does not follow from the vault’s key.`,
        );
      proven.add(name);
    }
    return { address, vault: vaultId, owner: clientId };
  });
}
