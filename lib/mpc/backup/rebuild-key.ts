/** Rebuilds a private key from a threshold of opened shares, and proves that it is the one. */
import { canonicalize } from '#lib/protocol/intent.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { identifierOf, publicKeyOf } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import { addressOn } from './address.ts';
import { answered, refused, type Answer, type Refused } from './answer.ts';
import type { OpenedShare } from './open-archive.ts';
import { Secret } from './secret.ts';

export type RebuiltKey = {
  key: string;
  epoch: number;
  suite: KeySuite;
  chain: string;
  address: string;
  /** Hex. */
  publicKey: string;
  /** Parties whose shares were used. */
  parties: string[];
  /** The private scalar, 32 bytes: little-endian on Ed25519, big-endian on secp256k1. There is no seed: nobody ever had one. */
  scalar: Secret;
};

const listed = (values: Iterable<string | number>): string => [...new Set(values)].join(' and ');

/** Why these shares can't be combined, before any of them is touched. */
function findMixFault(shares: readonly OpenedShare[]): Refused | null {
  const archives = shares.map(({ archive }) => archive);
  const keyOf = ({ organisation, environment, key }: OpenedShare['archive']): string =>
    `${organisation}/${environment}/${key}`;
  if (new Set(archives.map(keyOf)).size > 1)
    return refused(
      'shares-of-different-keys',
      `These are shares of ${listed(archives.map(keyOf))}. Shares of different keys never fit together.`,
    );
  if (new Set(archives.map(({ epoch }) => epoch)).size > 1)
    return refused(
      'shares-of-different-epochs',
      `These are shares of epochs ${listed(archives.map(({ epoch }) => epoch))}. Take backups of one epoch; a mix gives another key.`,
    );
  if (new Set(archives.map(({ groupKey }) => canonicalize(groupKey))).size > 1)
    return refused(
      'shares-of-different-keys',
      `The backups of ${listed(archives.map(({ party }) => party))} are of different keys under one name. Compare their addresses.`,
    );
  if (new Set(shares.map(({ index }) => index)).size < shares.length)
    return refused('share-twice', 'The share of one party was given twice.');
  return null;
}

/**
 * @param shares as `openArchive` proved them; they stay the caller's to erase.
 * @returns the private scalar, to be erased after use, with the address it was proven to have.
 */
export function rebuildKey(shares: readonly OpenedShare[]): Answer<RebuiltKey> {
  const archive = shares[0]?.archive;
  if (!archive) return refused('too-few-shares', 'No share was opened.');
  const mix = findMixFault(shares);
  if (mix) return mix;
  const { groupKey, key, epoch, vault } = archive;
  const suite = suiteOf(archive.suite);
  const missing = groupKey.threshold - shares.length;
  if (missing > 0)
    return refused(
      'too-few-shares',
      `Key ${key} is rebuilt from ${groupKey.threshold} shares; ${missing} more ${missing === 1 ? 'is' : 'are'} needed.`,
    );
  const used = shares.slice(0, groupKey.threshold);
  const secrets = used.map(({ index, share }) => ({
    identifier: identifierOf(suite, index),
    signingShare: share.use((bytes) => bytes.slice()),
  }));
  const scalar = new Secret(
    suite.frost.combineSecret(secrets, { min: groupKey.threshold, max: groupKey.shares.length }),
  );
  for (const { signingShare } of secrets) signingShare.fill(0);
  const publicKey = publicKeyOf(groupKey);
  const { commitTo, pointHex, scalarOf } = suite.arithmetic;
  const own = scalar.use((bytes) => pointHex(commitTo(scalarOf(bytes))));
  const address = addressOn(vault.chain, suite.name, own);
  if (own !== publicKey || address !== vault.address) {
    scalar.erase();
    return refused(
      'rebuilt-key-differs',
      `What the shares give is not the key of ${vault.address}. Nothing was kept.`,
    );
  }
  const parties = used.map((share) => share.archive.party);
  return answered({
    key,
    epoch,
    suite: suite.name,
    chain: vault.chain,
    address,
    publicKey,
    parties,
    scalar,
  });
}
