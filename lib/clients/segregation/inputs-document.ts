/** What a check of segregation looked at, as the document that is kept and digested. Pure. */
import { z } from 'zod';
import { findBreaches, type Breach } from './find-breaches.ts';
import { findMixtures } from './find-mixtures.ts';
import { classOfAccount, ownerClasses, type ClassedAddress } from './owner-class.ts';

/** Exact decimal text in the smallest unit. */
const sum = { asset: z.string(), units: z.string().regex(/^-?\d{1,79}$/) };
const place = { chain: z.string(), address: z.string() };
const client = z.string().nullable();

const addressIn = <T extends readonly ClassedAddress['source'][]>(sources: T) =>
  z.strictObject({
    ...place,
    ownerClass: z.enum(ownerClasses),
    client,
    source: z.enum(sources),
    vault: z.string().nullable(),
  });

const common = {
  /** From the records and from the register; the same address twice where both say it. */
  addresses: z.array(addressIn(['vault', 'fee-account', 'nonce-account', 'registered'])),
  ownAssets: z.array(z.strictObject({ name: z.string(), ...sum })),
  surplus: z.array(z.strictObject(sum)),
  depositsAt: z.array(z.strictObject({ ...place, ...sum })),
  /** Listed addresses of clients that are an address of ours. */
  destinations: z.array(z.strictObject({ ...place, client: z.string() })),
  /** Clients that addresses are said to be of and that are on record. */
  clients: z.array(z.string()),
};

/** Until owners' accounts were looked at: every vault's address counted as all clients' together. */
const inputsV1 = z.strictObject({
  type: z.literal('countersign/segregation-inputs/v1'),
  ...common,
});

/**
 * Since then: deposits are those at addresses of shared vaults, and what lies at accounts of owners and is owed to
 * them stands beside.
 */
const inputsV2 = z.strictObject({
  type: z.literal('countersign/segregation-inputs/v2'),
  ...common,
  /** The custodian's where there is no client. Their chain is their vault's. */
  accounts: z.array(
    z.strictObject({
      address: z.string(),
      branch: z.enum(['receive', 'change']),
      client,
      vault: z.string(),
    }),
  ),
  /** What lies at accounts of owners, by what the chain did. */
  held: z.array(z.strictObject({ client, vault: z.string(), ...sum })),
  /** What clients are owed of assets that lie at such accounts; without a client what nobody has claimed. */
  owed: z.array(z.strictObject({ client, ...sum })),
});

const inputs = z.discriminatedUnion('type', [inputsV1, inputsV2]);

export type SegregationInputs = z.infer<typeof inputsV2>;
/** Of any version: evidence of years rests on those of before. */
export type KeptInputs = z.infer<typeof inputs>;

/** @throws ZodError for a document that is not one of inputs. */
export const readInputs = (text: string): KeptInputs => inputs.parse(JSON.parse(text));

const exact = <T extends { units: string }>(list: readonly T[]) =>
  list.map((one) => ({ ...one, units: BigInt(one.units) }));

/** The breaches that inputs show: the same inputs give the same ones at any time. */
export function breachesOf(kept: KeptInputs): Breach[] {
  const { addresses, ...rest } = kept;
  const books = {
    ownAssets: exact(rest.ownAssets),
    surplus: exact(rest.surplus),
    depositsAt: exact(rest.depositsAt),
  };
  const outside = { destinations: rest.destinations, clients: new Set(rest.clients) };
  if (rest.type === 'countersign/segregation-inputs/v1')
    return findBreaches(addresses, books, outside);
  const { ownAssets, ofOwners } = ownAssetsByVault(addresses, books.ownAssets);
  const clients = new Set([...rest.clients, ...rest.accounts.flatMap((one) => one.client ?? [])]);
  return [
    ...findBreaches(
      [...addresses, ...classesOf(rest.accounts, addresses)],
      { ...books, ownAssets },
      // The database keeps accounts of clients on record only.
      { ...outside, clients },
    ),
    ...findMixtures({
      accounts: rest.accounts,
      held: exact(rest.held),
      owed: exact(rest.owed),
      own: ofOwners,
    }),
  ];
}

function classesOf(
  accounts: SegregationInputs['accounts'],
  addresses: readonly ClassedAddress[],
): ClassedAddress[] {
  const chainOf = new Map(
    addresses.flatMap(({ source, vault, chain }) => (source === 'vault' ? [[vault, chain]] : [])),
  );
  return accounts.map((one) => classOfAccount(chainOf.get(one.vault) ?? '', one));
}

/** How the books name own coins in an account within a vault: own-asset/vault-<id>/<asset>. */
const inVault = /^vault-(.+)$/s;

/**
 * Own coins in the custodian's account within a vault belong there where it has one. In a vault of all clients
 * together they are named by the vault, as what lies at a place for clients.
 */
function ownAssetsByVault<T extends { name: string }>(
  addresses: readonly ClassedAddress[],
  list: readonly T[],
): { ownAssets: T[]; ofOwners: T[] } {
  const vaults = new Map(
    addresses.flatMap(({ source, vault, ownerClass }) =>
      source === 'vault' && vault !== null ? [[vault, ownerClass]] : [],
    ),
  );
  const ownAssets: T[] = [];
  const ofOwners: T[] = [];
  for (const one of list) {
    const vault = inVault.exec(one.name)?.[1];
    const ownerClass = vault === undefined ? undefined : vaults.get(vault);
    if (vault === undefined || ownerClass === undefined) ownAssets.push(one);
    else if (ownerClass === 'own') ofOwners.push(one);
    else ownAssets.push({ ...one, name: vault });
  }
  return { ownAssets, ofOwners };
}
