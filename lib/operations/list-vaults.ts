import { unitsOf } from '#lib/platform/db/units-of.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';

export type VaultView = {
  id: string;
  name: string;
  tier: string;
  chain: string;
  /** Whether every owner has addresses of their own in it; `address` is the custodian's then. */
  accounts: 'pooled' | 'by-owner';
  address: string;
  keyId: string;
  suite: string;
  threshold: number;
  parties: string[];
  keyMadeAt: string;
  ceremony: string;
  /** What the ledger says lies in the vault, per asset, as exact text. */
  holdings: { asset: string; amount: string }[];
  openOperations: number;
};

/** All vaults with what the ledger says they hold. There are tens of vaults, not thousands. */
export async function listVaults(actor: Actor, context: Context): Promise<Result<VaultView[]>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const [vaults, keys, accounts, open] = await Promise.all([
    context.db.vault.findMany({ orderBy: { id: 'asc' }, take: 200 }),
    context.db.mpcKey.findMany(),
    context.db.account.findMany({ where: { kind: 'vault' } }),
    context.db.operation.groupBy({
      by: ['vaultId'],
      where: {
        state: {
          in: [
            'raised',
            'approved',
            'cosigned',
            'waiting',
            'signing',
            'signed',
            'broadcast',
            'held',
          ],
        },
      },
      _count: true,
    }),
  ]);
  const keyOf = new Map(keys.map((key) => [key.id, key]));
  return ok(
    vaults.map((vault) => {
      const key = keyOf.get(vault.keyId);
      if (!key) throw new Error(`Vault ${vault.id} has no key on record.`);
      return {
        id: vault.id,
        name: shownText(vault.name),
        tier: vault.tier,
        chain: vault.chain,
        accounts: chainFacts(vault.chain).accounts,
        address: vault.address,
        keyId: key.id,
        suite: key.suite,
        threshold: key.threshold,
        parties: key.parties,
        keyMadeAt: key.createdAt.toISOString(),
        ceremony: key.operationId,
        holdings: accounts
          .filter((account) => account.vaultId === vault.id)
          .map((account) => ({
            asset: account.asset,
            amount: formatAmount(
              unitsOf(account.debits) - unitsOf(account.credits),
              decimalsShown(account.asset),
            ),
          })),
        openOperations: open.find((row) => row.vaultId === vault.id)?._count ?? 0,
      };
    }),
  );
}
