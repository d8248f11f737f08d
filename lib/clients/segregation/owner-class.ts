/**
 * Whose coins an address holds (MiCA Art 75(7)): exactly one owner class each, never mixed. What the
 * console itself made (vaults, owners' accounts within them, fee account, nonce accounts) is classified from
 * what is on record; every other address is classified by people. Pure.
 */
import { findChain } from '#lib/chains/registry.ts';

export const ownerClasses = ['client-omnibus', 'client-segregated', 'own'] as const;
export type OwnerClass = (typeof ownerClasses)[number];

export const classNames: Readonly<Record<OwnerClass, string>> = {
  'client-omnibus': 'Clients together',
  'client-segregated': 'One client alone',
  own: 'The custodian’s own',
};

/** What says so: a record of the console, or somebody who registered it. */
export type ClassSource = 'vault' | 'account' | 'fee-account' | 'nonce-account' | 'registered';

export type ClassedAddress = {
  chain: string;
  address: string;
  ownerClass: OwnerClass;
  /** The one client of a segregated address, null for any other. */
  client: string | null;
  source: ClassSource;
  /** Id of the vault it is, or that it serves; null for any other. */
  vault: string | null;
};

export type RecordedPlaces = {
  vaults: readonly { id: string; chain: string; address: string }[];
  feeAccounts: readonly { chain: string; address: string }[];
  nonceAccounts: readonly { address: string; vault: string }[];
};

/** An owner's account within a vault, on a chain where each has their own (decision 24). */
export type OwnerAccount = {
  address: string;
  /** `change` is where the rest of an own payment goes (Bitcoin). */
  branch: 'receive' | 'change';
  /** Null for the custodian's own. */
  client: string | null;
  vault: string;
};

/** Whether every owner has addresses of their own within a vault on this chain. */
export const isByOwner = (chain: string): boolean => findChain(chain)?.accounts === 'by-owner';

/** An account is its owner's alone: one client's, or the custodian's. */
export const classOfAccount = (
  chain: string,
  { address, client, vault }: Omit<OwnerAccount, 'branch'>,
): ClassedAddress => ({
  chain,
  address,
  ownerClass: client === null ? 'own' : 'client-segregated',
  client,
  source: 'account',
  vault,
});

/**
 * What the records alone say. A vault's address holds all clients' coins where it is the only one, and is the
 * custodian's own account where every owner has one. Fee and nonce accounts are the custodian's.
 */
export function classesOnRecord(places: RecordedPlaces): ClassedAddress[] {
  const chainOf = new Map(places.vaults.map(({ id, chain }) => [id, chain]));
  return [
    ...places.vaults.map(({ id, chain, address }) => ({
      chain,
      address,
      ownerClass: isByOwner(chain) ? ('own' as const) : ('client-omnibus' as const),
      client: null,
      source: 'vault' as const,
      vault: id,
    })),
    ...places.feeAccounts.map(({ chain, address }) => ({
      chain,
      address,
      ownerClass: 'own' as const,
      client: null,
      source: 'fee-account' as const,
      vault: null,
    })),
    ...places.nonceAccounts.map(({ address, vault }) => ({
      chain: chainOf.get(vault) ?? '',
      address,
      ownerClass: 'own' as const,
      client: null,
      source: 'nonce-account' as const,
      vault,
    })),
  ];
}

export type ClassClash = { code: 'address-in-two-classes'; sentence: string };

const said = ({ ownerClass, client }: Pick<ClassedAddress, 'ownerClass' | 'client'>): string =>
  client === null ? classNames[ownerClass] : `${classNames[ownerClass]} (${client})`;

/** Why an address can't be given this class: it has another one. Null when nothing stands against it. */
export function findClash(
  known: readonly ClassedAddress[],
  wanted: Pick<ClassedAddress, 'chain' | 'address' | 'ownerClass' | 'client'>,
): ClassClash | null {
  const other = known.find(
    ({ chain, address, ownerClass, client }) =>
      chain === wanted.chain &&
      address === wanted.address &&
      (ownerClass !== wanted.ownerClass || client !== wanted.client),
  );
  return other
    ? {
        code: 'address-in-two-classes',
        sentence: `This address is on record as “${said(other)}”. An address has one owner class; nothing was registered.`,
      }
    : null;
}
