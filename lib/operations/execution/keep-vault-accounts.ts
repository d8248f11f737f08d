/**
 * Writes down the addresses of every owner in the vaults where owners have their own. They follow from the
 * vault's key and the owner's number; on record they can be looked up by pages and watchers.
 */
import { addressOfOwner, branchesOn, type Owner } from '#lib/chains/account-context.ts';
import { chains } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { vaultKeyOf } from './chains/source-account.ts';
import type { WorkerContext } from './worker-context.ts';

const byOwner = chains.filter(({ accounts }) => accounts === 'by-owner').map(({ chain }) => chain);
/** Derived in one pass: a millisecond or two each, and the worker has other duties. */
const atOnce = 100;

type Missing = { vaultId: string; clientId: string | null };

/** @returns how many owners' accounts were added. */
export async function keepVaultAccounts({ db, clock }: WorkerContext): Promise<number> {
  const missing = await findMissing(db);
  const vaults = await db.vault.findMany({
    where: { id: { in: [...new Set(missing.map(({ vaultId }) => vaultId))] } },
    include: { key: true },
  });
  const keys = new Map(vaults.map((vault) => [vault.id, vaultKeyOf(vault)]));
  const derivedAt = clock();
  for (const { vaultId, clientId } of missing) {
    const key = keys.get(vaultId);
    if (!key) continue;
    const owner: Owner = clientId;
    await db.vaultAccount.createMany({
      data: branchesOn(key.chain).map((branch) => ({
        address: addressOfOwner(key, owner, branch),
        vaultId,
        clientId,
        branch,
        derivedAt,
      })),
      skipDuplicates: true,
    });
  }
  return missing.length;
}

/** Owners without an account in a vault: every client, and the custodian. */
const findMissing = (db: Database): Promise<Missing[]> =>
  db.$queryRaw<Missing[]>`
    SELECT v.id AS "vaultId", o.id AS "clientId" FROM vault v
      CROSS JOIN (SELECT id FROM client UNION ALL SELECT NULL) o
    WHERE v.chain = ANY(${byOwner}) AND NOT EXISTS (
      SELECT FROM vault_account a
      WHERE a.vault_id = v.id AND a.client_id IS NOT DISTINCT FROM o.id AND a.branch = 'receive')
    ORDER BY v.id, o.id NULLS FIRST LIMIT ${atOnce}`;
