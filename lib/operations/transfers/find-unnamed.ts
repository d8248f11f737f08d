import { findChain } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { inWords } from '../policy-words.ts';

/**
 * Parties that would sign and could not know the destination: they hold no share of its key and the
 * policy does not name it at its address. They would refuse; people should hear of it before they all
 * have stated.
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
): Promise<Refused<'transfer-destination-unknown' | 'transfer-destination-differs'> | null> {
  const rows = await db.vault.findMany({
    where: { id: { in: [vault, destination.vault] } },
    include: { key: { select: { parties: true } } },
  });
  const named = ownVaults.find((entry) => entry.vault === destination.vault);
  const goal = rows.find(({ id }) => id === destination.vault);
  // Also who holds a share goes by the policy beside its own key, and finds that they differ.
  if (named && (named.chain !== goal?.chain || named.address !== goal.address))
    return refuse(
      'transfer-destination-differs',
      `The policy names vault ${destination.vault} at another address than the one on record here, so no party would sign. Treat this as an attack until it is explained.`,
    );
  const holders = (id: string): string[] => rows.find((row) => row.id === id)?.key.parties ?? [];
  const known = holders(destination.vault);
  const strangers = holders(vault).filter((party) => !known.includes(party));
  if (strangers.length === 0) return null;
  const isByOwner = goal !== undefined && findChain(goal.chain)?.accounts === 'by-owner';
  const namesKey = named?.receipts?.every(({ receipt }) => receipt.publicKey !== undefined);
  if (named && isByOwner && namesKey !== true)
    return refuse(
      'transfer-destination-unknown',
      `The policy names the address of vault ${destination.vault} and not its key, so ${inWords(strangers)}, holding no share of it, can’t work out where an owner’s account lies there. Name the vault anew in a new version of the policy, under “Own vaults”: its holders’ newer word has the key.`,
    );
  if (named) return null;
  return refuse(
    'transfer-destination-unknown',
    `${strangers.length === 1 ? 'Party' : 'Parties'} ${inWords(strangers)} would have to sign and ${strangers.length === 1 ? 'holds' : 'hold'} no share of vault ${destination.vault}, so only the policy can tell the address. Name the vault in a new version of the policy, under “Own vaults”, first.`,
  );
}
