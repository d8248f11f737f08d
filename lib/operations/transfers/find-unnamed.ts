import type { Database } from '#lib/platform/db/client.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { inWords } from '../policy-words.ts';

/**
 * Parties that would sign and could not know the destination: they hold no share of its key and the
 * policy does not name it. They would refuse; people should hear of it before they all have stated.
 */
export async function findUnnamed(
  {
    vault,
    destination,
  }: Pick<VaultTransferIntent, 'vault'> & {
    destination: Pick<VaultTransferIntent['destination'], 'vault'>;
  },
  { ownVaults = [] }: Pick<Policy, 'ownVaults'>,
  db: Database,
): Promise<Refused<'transfer-destination-unknown'> | null> {
  if (ownVaults.some((named) => named.vault === destination.vault)) return null;
  const rows = await db.vault.findMany({
    where: { id: { in: [vault, destination.vault] } },
    include: { key: { select: { parties: true } } },
  });
  const holders = (id: string): string[] => rows.find((row) => row.id === id)?.key.parties ?? [];
  const known = holders(destination.vault);
  const strangers = holders(vault).filter((party) => !known.includes(party));
  if (strangers.length === 0) return null;
  return refuse(
    'transfer-destination-unknown',
    `${strangers.length === 1 ? 'Party' : 'Parties'} ${inWords(strangers)} would have to sign and ${strangers.length === 1 ? 'holds' : 'hold'} no share of vault ${destination.vault}, so only the policy can tell the address. Name the vault in a new version of the policy, under “Own vaults”, first.`,
  );
}
