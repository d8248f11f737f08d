/** What a share backup says about itself must fit together; a party never writes one that does not. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { isSoundPoint, publicKeyOf, type GroupKey } from '../frost/group.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { addressOn } from './address.ts';
import type { BackupSubject } from './archive.ts';
import { findGroupFault } from './group.ts';

const { Point } = ed25519;
type EdPoint = InstanceType<typeof Point>;

/** The committed polynomial at an index, in the exponent. All of it is public. */
function committedAt(commitments: readonly EdPoint[], index: number): string {
  let sum = Point.ZERO;
  for (const commitment of commitments.toReversed())
    sum = (sum.is0() ? sum : sum.multiplyUnsafe(BigInt(index))).add(commitment);
  return toHex(sum.toBytes());
}

/** True when every verifying share lies on the one polynomial of the threshold's degree. */
function isSoundGroupKey({ threshold, commitments, shares }: GroupKey): boolean {
  if (commitments.length !== threshold || shares.length < threshold) return false;
  if (!commitments.every(isSoundPoint)) return false;
  const points = commitments.map((commitment) => Point.fromBytes(fromHex(commitment)));
  return shares.every(({ index, verifyingShare }) => committedAt(points, index) === verifyingShare);
}

const rising = (numbers: readonly number[]): boolean =>
  numbers.every((number, place) => number > (numbers[place - 1] ?? 0));

/** @returns a sentence about the first fault, or null. */
export function findArchiveFault(subject: BackupSubject): string | null {
  const { key, members, groupKey, party, vault, backupGroup } = subject;
  const of = `The backup of party ${party} for key ${key}`;
  const indexes = members.map(({ index }) => index);
  if (!rising(indexes) || new Set(members.map(({ name }) => name)).size !== members.length)
    return `${of} lists its parties twice or out of order.`;
  if (groupKey.shares.map(({ index }) => index).join() !== indexes.join())
    return `${of} lists other parties than the key has shares.`;
  if (!members.some(({ name }) => name === party)) return `${of} is of a party without a share.`;
  if (!isSoundGroupKey(groupKey)) return `${of} holds public shares that do not lie on one curve.`;
  if (addressOn(vault.chain, publicKeyOf(groupKey)) !== vault.address)
    return `${of} names an address that is not the one of its key.`;
  if (backupGroup.party !== party)
    return `${of} is sealed for a group that keeps the share of party ${backupGroup.party}.`;
  return findGroupFault(backupGroup);
}
