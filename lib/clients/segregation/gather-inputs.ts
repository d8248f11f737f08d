/** What the check of segregation looks at, at one moment, as data that can be kept and checked again. */
import { assetPositions, coverOf } from '#lib/ledger/positions.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { findBreaches, type Breach } from './find-breaches.ts';
import { classesOnRecord, type ClassedAddress, type OwnerClass } from './owner-class.ts';

type Sum = { asset: string; units: string };

/** Amounts as exact decimal text in the smallest unit. */
export type SegregationInputs = {
  type: 'countersign/segregation-inputs/v1';
  /** From the records and from the register; the same address twice where both say it. */
  addresses: ClassedAddress[];
  ownAssets: ({ name: string } & Sum)[];
  surplus: Sum[];
  depositsAt: ({ chain: string; address: string } & Sum)[];
  /** Listed addresses of clients that are an address of ours. */
  destinations: { chain: string; address: string; client: string }[];
  /** Clients that addresses are said to be of and that are on record. */
  clients: string[];
};

/** Far more addresses than a custodian of this kind has; beyond that a check would not be whole. */
const addressesMax = 20_000;

/** People register no more addresses than this, and the database takes no more: the check has to stay whole. */
export const registeredMax = 10_000;

/** Each is a breach, so these are enough to open an incident and few enough to be kept. */
const destinationsMax = 5_000;

/** @param tx reads one state of the database. */
export async function gatherSegregation(tx: Tx): Promise<SegregationInputs> {
  const addresses = await classedAddresses(tx);
  const places = addresses.map(({ address }) => address);
  const named = [...new Set(addresses.flatMap(({ client }) => client ?? []))];
  const positions = await assetPositions(tx);
  const ownAssets = await ownAssetsOf(tx);
  const depositsAt = await depositsOf(tx);
  const destinations = await tx.destination.findMany({
    where: { state: { not: 'removed' }, address: { in: places } },
    select: { chain: true, address: true, clientId: true },
    orderBy: { id: 'asc' },
    take: destinationsMax,
  });
  const clients = await tx.client.findMany({
    where: { id: { in: named } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return {
    type: 'countersign/segregation-inputs/v1',
    addresses,
    ownAssets,
    depositsAt,
    surplus: positions.map((one) => ({
      asset: one.asset,
      units: coverOf(one).difference.toString(),
    })),
    destinations: destinations.map(({ chain, address, clientId: client }) => ({
      chain,
      address,
      client,
    })),
    clients: clients.map(({ id }) => id),
  };
}

/** Every address there is with its class: what the console made, and what people registered. */
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

async function ownAssetsOf(tx: Tx): Promise<SegregationInputs['ownAssets']> {
  return tx.$queryRaw`
    select split_part(id, '/', 2) as name, asset, (debits - credits)::text as units
      from account where kind = 'own-asset' order by id collate "C" limit ${addressesMax}`;
}

async function depositsOf(tx: Tx): Promise<SegregationInputs['depositsAt']> {
  return tx.$queryRaw`
    select d.chain, v.address, d.asset, sum(d.amount)::text as units
      from deposit d join vault v on v.id = d.vault_id
      where d.client_id is not null
      group by d.chain, v.address, d.asset order by d.chain, v.address, d.asset limit ${addressesMax}`;
}

/** The breaches that inputs show: the same inputs give the same ones at any time. */
export function breachesOf(inputs: SegregationInputs): Breach[] {
  const exact = <T extends Sum>(list: readonly T[]) =>
    list.map((one) => ({ ...one, units: BigInt(one.units) }));
  return findBreaches(
    inputs.addresses,
    {
      ownAssets: exact(inputs.ownAssets),
      surplus: exact(inputs.surplus),
      depositsAt: exact(inputs.depositsAt),
    },
    { destinations: inputs.destinations, clients: new Set(inputs.clients) },
  );
}
