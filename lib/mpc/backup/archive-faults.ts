/** What a share backup says about itself must fit together; a party never writes one that does not. */
import { isConsistent, publicKeyOf } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import { addressOn } from './address.ts';
import type { BackupSubject } from './archive.ts';
import { findGroupFault } from './group.ts';

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
  if (!isConsistent(suiteOf(subject.suite), groupKey))
    return `${of} holds public shares that do not lie on one curve.`;
  if (addressOn(vault.chain, subject.suite, publicKeyOf(groupKey)) !== vault.address)
    return `${of} names an address that is not the one of its key.`;
  if (backupGroup.party !== party)
    return `${of} is sealed for a group that keeps the share of party ${backupGroup.party}.`;
  return findGroupFault(backupGroup);
}
