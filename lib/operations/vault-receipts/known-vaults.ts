/** Vaults on record with what each holder of their keys should say of them, and what holders have said. */
import type { Database } from '#lib/platform/db/client.ts';
import { chainId, vaultTier } from '#lib/protocol/scalars.ts';
import {
  keySuite,
  signedVaultReceipt,
  type SignedVaultReceipt,
  type VaultReceipt,
} from '#lib/protocol/vault-receipt.ts';
import type { Roster } from '#lib/protocol/roster.ts';

/** There are tens of vaults, not thousands. */
const vaultsMax = 1_000;

export type KnownVault = {
  name: string;
  /** By the console's own record. */
  expected: VaultReceipt;
  /** By party; each was checked when it was kept. */
  given: ReadonlyMap<string, SignedVaultReceipt>;
};

/** By the id of the vault. */
export async function loadKnownVaults(
  db: Database,
  { organisation, environment }: Pick<Roster, 'organisation' | 'environment'>,
): Promise<KnownVault[]> {
  const rows = await db.vault.findMany({
    include: { key: { include: { receipts: true } } },
    orderBy: { id: 'asc' },
    take: vaultsMax,
  });
  return rows.map(({ id, name, tier, chain, address, key }) => ({
    name,
    expected: {
      type: 'countersign/vault-receipt/v1',
      organisation,
      environment,
      vault: id,
      tier: vaultTier.parse(tier),
      chain: chainId.parse(chain),
      address,
      key: key.id,
      suite: keySuite.parse(key.suite),
      threshold: key.threshold,
      holders: key.parties,
    },
    given: new Map(
      key.receipts.map(({ party, document }) => [
        party,
        signedVaultReceipt.parse(JSON.parse(document)),
      ]),
    ),
  }));
}
