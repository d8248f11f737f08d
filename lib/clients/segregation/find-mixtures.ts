/**
 * Where owners may be mixed on chains on which each has an account of their own (decision 24): what lies at an owner's
 * accounts by the books is held against what that owner is owed. Pure.
 */
import type { Breach } from './find-breaches.ts';
import type { OwnerAccount } from './owner-class.ts';

export type OwnersBooks = {
  accounts: readonly OwnerAccount[];
  /** What lies at an owner's addresses in a vault, by what the chain did; the custodian's where `client` is null. */
  held: readonly { client: string | null; vault: string; asset: string; units: bigint }[];
  /** What a client is owed; where `client` is null what arrived and nobody has claimed. */
  owed: readonly { client: string | null; asset: string; units: bigint }[];
  /** The custodian's own coins in its accounts within vaults. */
  own: readonly { asset: string; units: bigint }[];
};

/**
 * An asset is looked at over all vaults, because nobody is owed anything in one vault. It has to live on such chains
 * alone: what is owed in one that lies in shared vaults too says nothing about accounts.
 */
export function findMixtures(books: OwnersBooks): Breach[] {
  const held = sums(books.held);
  const owed = sums(books.owed);
  const keys = [...new Set([...held.keys(), ...owed.keys()])].filter((key) => !isCustodians(key));
  return [
    ...keys.flatMap((key) => clientsMixture(key, (held.get(key) ?? 0n) - (owed.get(key) ?? 0n))),
    ...custodiansMixtures(books, { held, owed }),
    ...byAccount(books),
  ];
}

type Key = `${string} ${string}`;
const keyOf = ({ client, asset }: { client: string | null; asset: string }): Key =>
  `${client ?? ''} ${asset}`;
const isCustodians = (key: Key): boolean => key.startsWith(' ');

function sums(
  lines: readonly { client: string | null; asset: string; units: bigint }[],
): ReadonlyMap<Key, bigint> {
  const all = new Map<Key, bigint>();
  for (const line of lines) all.set(keyOf(line), (all.get(keyOf(line)) ?? 0n) + line.units);
  return all;
}

/** @param more at the client's addresses than is owed to the client; less than zero for less. */
function clientsMixture(key: Key, more: bigint): Breach[] {
  const [client = '', asset = ''] = key.split(' ');
  if (more === 0n) return [];
  const kind = more > 0n ? 'others-coins-at-client-address' : 'client-coins-elsewhere';
  return [breach(kind, asset, { about: client, asset, units: more > 0n ? more : -more })];
}

/** What lies at the custodian's accounts is its own, or nobody has claimed it yet. */
function custodiansMixtures(
  { own }: OwnersBooks,
  { held, owed }: Record<'held' | 'owed', ReadonlyMap<Key, bigint>>,
): Breach[] {
  const owns = sums(own.map((one) => ({ ...one, client: null })));
  const keys = new Set([...held.keys(), ...owed.keys(), ...owns.keys()]);
  return [...keys].filter(isCustodians).flatMap((key) => {
    const asset = key.slice(1);
    const rest = (held.get(key) ?? 0n) - (owns.get(key) ?? 0n) - (owed.get(key) ?? 0n);
    if (rest === 0n) return [];
    return rest > 0n
      ? [breach('client-coins-at-own-address', asset, { about: null, asset, units: rest })]
      : [breach('own-coins-at-client-address', asset, { about: null, asset, units: -rest })];
  });
}

/** One vault's account cannot pay with what lies in another one. */
function byAccount({ accounts, held }: OwnersBooks): Breach[] {
  const addressOf = new Map(
    accounts
      .filter(({ branch }) => branch === 'receive')
      .map(({ vault, client, address }) => [`${vault} ${client ?? ''}`, address]),
  );
  return held.flatMap(({ client, vault, asset, units }) => {
    const address = addressOf.get(`${vault} ${client ?? ''}`);
    const who = client === null ? vault : `${client} in ${vault}`;
    return [
      ...(units < 0n
        ? [breach('account-overdrawn', address ?? asset, { about: who, asset, units: -units })]
        : []),
      ...(address === undefined
        ? [breach('no-account-on-record', asset, { about: who, asset, units })]
        : []),
    ];
  });
}

const breach = (
  kind: Breach['kind'],
  subject: string,
  { about, asset, units }: { about: string | null; asset: string; units: bigint },
): Breach => ({ kind, subject, chain: null, about, amount: { asset, units: units.toString() } });
