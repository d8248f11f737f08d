/** The addresses at which owners are paid, with the vault and the owner that each belongs to. */
import { addressOfOwner, type Owner } from '#lib/chains/account-context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { vaultKeyOf } from '../chains/source-account.ts';

export type OwnAccount = {
  address: string;
  vault: string;
  owner: Owner;
  /** Where the change of its own payments goes, on chains where that is another address. */
  change?: string;
};

/** Enough for thousands of clients in tens of vaults. */
const accountsMax = 100_000;

/** Addresses that were derived anew and found right, by all that they follow from. */
const proven = new Set<string>();

/**
 * Each is derived from its vault's key once in the life of this process: a row that says otherwise was not
 * written by a worker, and nothing that comes to it is anybody's deposit.
 * @param chain CAIP-2.
 * @throws Error that names the vault where an address does not follow from its key, and where there are
 * more than can be watched.
 */
export async function ownAccountsOn(db: Database, chain: string): Promise<OwnAccount[]> {
  const rows = await db.vaultAccount.findMany({
    where: { vault: { chain } },
    include: { vault: { include: { key: true } } },
    orderBy: [{ derivedAt: 'asc' }, { address: 'asc' }],
    take: 2 * accountsMax + 1,
  });
  if (rows.length > 2 * accountsMax)
    throw new Error(`More than ${accountsMax} accounts on ${chain}: not all can be watched.`);
  for (const row of rows) prove(chain, row);
  const changeOf = new Map(
    rows.flatMap((row) => (row.branch === 'change' ? [[ownerKey(row), row.address]] : [])),
  );
  return rows
    .filter(({ branch }) => branch === 'receive')
    .map((row) => {
      const change = changeOf.get(ownerKey(row));
      const { address, vaultId: vault, clientId: owner } = row;
      return { address, vault, owner, ...(change === undefined ? {} : { change }) };
    });
}

const ownerKey = ({ vaultId, clientId }: { vaultId: string; clientId: string | null }): string =>
  `${vaultId} ${clientId ?? ''}`;

type Row = {
  address: string;
  branch: string;
  vaultId: string;
  clientId: string | null;
  vault: Parameters<typeof vaultKeyOf>[0];
};

function prove(chain: string, { address, branch, vaultId, clientId, vault }: Row): void {
  const key = vaultKeyOf(vault);
  const name = `${chain} ${key.publicKey} ${clientId ?? ''} ${branch} ${address}`;
  if (proven.has(name)) return;
  if (addressOfOwner(key, clientId, branch === 'change' ? 'change' : 'receive') !== address)
    throw new Error(
      `The address on record for ${clientId ?? 'the custodian'} in vault ${vaultId} does not follow from the vault’s key.`,
    );
  proven.add(name);
}
