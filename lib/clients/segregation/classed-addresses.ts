/** Every address there is with its owner class: what the console made, and what people registered. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import {
  classesOnRecord,
  classOfAccount,
  type ClassedAddress,
  type OwnerAccount,
  type OwnerClass,
} from './owner-class.ts';

/** Far more addresses of one kind than a custodian of this kind has; beyond that a check would not be whole. */
const addressesMax = 20_000;

/** People register no more addresses than this, and the database takes no more: the check has to stay whole. */
export const registeredMax = 10_000;

/** Accounts of owners that one check can look at and keep: receiving and change ones each count. */
const accountsMax = 40_000;

/** All but the accounts of owners within vaults. */
export async function classedAddresses(tx: Tx): Promise<ClassedAddress[]> {
  const take = addressesMax;
  const vaults = await tx.vault.findMany({
    select: { id: true, chain: true, address: true },
    orderBy: { id: 'asc' },
    take,
  });
  const cursors = await tx.ownCursor.findMany({
    select: { chain: true, address: true },
    orderBy: [{ chain: 'asc' }, { address: 'asc' }],
    take,
  });
  const nonceAccounts = await tx.nonceAccount.findMany({
    select: { address: true, vaultId: true },
    orderBy: { address: 'asc' },
    take,
  });
  const registered = await tx.addressClass.findMany({
    orderBy: [{ chain: 'asc' }, { address: 'asc' }],
    take,
  });
  if ([vaults, cursors, nonceAccounts, registered].some((list) => list.length === addressesMax))
    throw new Error(`More than ${addressesMax} addresses of one kind.`);
  const isVault = new Set(vaults.map(({ chain, address }) => `${chain} ${address}`));
  return [
    ...classesOnRecord({
      vaults,
      // Histories are followed of vaults and of the fee account.
      feeAccounts: cursors.filter(({ chain, address }) => !isVault.has(`${chain} ${address}`)),
      nonceAccounts: nonceAccounts.map(({ address, vaultId: vault }) => ({ address, vault })),
    }),
    ...registered.map(({ chain, address, ownerClass, clientId: client }) => ({
      chain,
      address,
      client,
      ownerClass: ownerClass as OwnerClass,
      source: 'registered' as const,
      vault: null,
    })),
  ];
}

/**
 * Every owner's accounts within vaults, where owners have their own.
 * @throws Error where there are more than one check can look at.
 */
export async function ownerAccounts(tx: Tx): Promise<OwnerAccount[]> {
  const rows = await tx.vaultAccount.findMany({
    select: { address: true, vaultId: true, clientId: true, branch: true },
    orderBy: { address: 'asc' },
    take: accountsMax + 1,
  });
  if (rows.length > accountsMax) throw new Error(`More than ${accountsMax} accounts of owners.`);
  return rows.map(({ address, vaultId: vault, clientId: client, branch }) => ({
    address,
    branch: branch === 'change' ? 'change' : 'receive',
    client,
    vault,
  }));
}

/** The class of an address that is an owner's account by the record; none for any other. */
export async function classesOfAccountAt(
  tx: Tx,
  { chain, address }: { chain: string; address: string },
): Promise<ClassedAddress[]> {
  const row = await tx.vaultAccount.findFirst({
    where: { address, vault: { chain } },
    select: { vaultId: true, clientId: true },
  });
  return row ? [classOfAccount(chain, { address, vault: row.vaultId, client: row.clientId })] : [];
}
