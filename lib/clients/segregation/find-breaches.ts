/** Where owners may be mixed: every breach there is, from addresses and books. Pure. */
import type { ClassedAddress, OwnerClass } from './owner-class.ts';

export type BreachKind =
  | 'address-in-two-classes'
  | 'own-coins-at-client-address'
  | 'client-coins-at-own-address'
  | 'more-than-owed'
  | 'others-coins-at-client-address'
  | 'client-coins-elsewhere'
  | 'account-overdrawn'
  | 'no-account-on-record'
  | 'own-address-on-list'
  | 'client-unknown';

export type Breach = {
  kind: BreachKind;
  /** Address, or asset for what is compared as a whole. */
  subject: string;
  chain: string | null;
  /** Vault or client it is about, where there is one. */
  about: string | null;
  /** Smallest units and their asset, where it is about an amount. */
  amount: { asset: string; units: string } | null;
};

export type Books = {
  /** The custodian's own assets by the name of their account: own-asset/<name>/<asset>. */
  ownAssets: readonly { name: string; asset: string; units: bigint }[];
  /** What clients' places hold beyond what is owed, per asset; less than zero for less. */
  surplus: readonly { asset: string; units: bigint }[];
  /** What was credited to clients at an address, by the record of deposits. */
  depositsAt: readonly { chain: string; address: string; asset: string; units: bigint }[];
};

export type Outside = {
  /** Addresses that clients' withdrawals may go to. */
  destinations: readonly { chain: string; address: string; client: string }[];
  clients: ReadonlySet<string>;
};

const isClients = (ownerClass: OwnerClass): boolean => ownerClass !== 'own';
const keyOf = ({ chain, address }: { chain: string; address: string }): string =>
  `${chain} ${address}`;

/** @param addresses from the records and from the register, the same address twice where both say it. */
export function findBreaches(
  addresses: readonly ClassedAddress[],
  books: Books,
  outside: Outside,
): Breach[] {
  const byKey = Map.groupBy(addresses, keyOf);
  return [
    ...inTwoClasses(byKey),
    ...ownCoins(addresses, books),
    ...clientCoins(byKey, books),
    ...books.surplus
      .filter(({ units }) => units > 0n)
      .map(({ asset, units }) => breach('more-than-owed', asset, { amount: text(asset, units) })),
    ...onTheList(byKey, outside),
    ...addresses
      .filter(({ client }) => client !== null && !outside.clients.has(client))
      .map(({ chain, address, client }) =>
        breach('client-unknown', address, { chain, about: client }),
      ),
  ];
}

function inTwoClasses(byKey: ReadonlyMap<string, readonly ClassedAddress[]>): Breach[] {
  return [...byKey.values()].flatMap((same) => {
    const classes = new Set(same.map(({ ownerClass, client }) => `${ownerClass} ${client ?? ''}`));
    const [first] = same;
    return classes.size > 1 && first
      ? [breach('address-in-two-classes', first.address, { chain: first.chain })]
      : [];
  });
}

/** Own assets that the books keep under the name of a place for clients. */
function ownCoins(addresses: readonly ClassedAddress[], { ownAssets }: Books): Breach[] {
  const vaults = new Map(
    addresses
      .filter(({ source, ownerClass }) => source === 'vault' && isClients(ownerClass))
      .map((one) => [one.vault, one]),
  );
  return ownAssets.flatMap(({ name, asset, units }) => {
    const vault = vaults.get(name);
    return vault && units !== 0n
      ? [
          breach('own-coins-at-client-address', vault.address, {
            chain: vault.chain,
            about: name,
            amount: text(asset, units),
          }),
        ]
      : [];
  });
}

function clientCoins(
  byKey: ReadonlyMap<string, readonly ClassedAddress[]>,
  { depositsAt }: Books,
): Breach[] {
  return depositsAt
    .filter(
      (one) =>
        one.units > 0n &&
        byKey.get(keyOf(one))?.some(({ ownerClass }) => !isClients(ownerClass)) === true,
    )
    .map(({ chain, address, asset, units }) =>
      breach('client-coins-at-own-address', address, { chain, amount: text(asset, units) }),
    );
}

/** An address of this house on a client's list: a withdrawal would mix what it pays with what is there. */
function onTheList(
  byKey: ReadonlyMap<string, readonly ClassedAddress[]>,
  { destinations }: Outside,
): Breach[] {
  return destinations
    .filter((one) => byKey.has(keyOf(one)))
    .map(({ chain, address, client }) =>
      breach('own-address-on-list', address, { chain, about: client }),
    );
}

const text = (asset: string, units: bigint) => ({ asset, units: units.toString() });
const breach = (
  kind: BreachKind,
  subject: string,
  rest: Partial<Omit<Breach, 'kind' | 'subject'>>,
): Breach => ({ kind, subject, chain: null, about: null, amount: null, ...rest });
