/**
 * Who may keep parts of what. Pure, and made for drafts too: a draft may break every rule, so these
 * shapes promise less than a finished group does.
 */

export type GroupDraft = {
  id: string;
  party: string;
  threshold: number;
  publicKey: string;
  /** Person ids. */
  custodians: readonly string[];
};

/** A key and the parties that hold its shares. */
export type KeyHolders = { key: string; threshold: number; parties: readonly string[] };

export type MembershipFault =
  | { fault: 'threshold-below-two'; group: string }
  | { fault: 'threshold-above-custodians'; group: string; custodians: number }
  | { fault: 'custodian-twice'; group: string; person: string };

export type BackupFault =
  | MembershipFault
  | { fault: 'group-twice'; group: string }
  | { fault: 'recovery-key-twice'; groups: [string, string] }
  | { fault: 'party-with-two-groups'; party: string; groups: [string, string] }
  | { fault: 'party-without-group'; party: string; key: string }
  | { fault: 'custodian-reaches-threshold'; person: string; key: string; groups: string[] }
  | { fault: 'group-opens-two-shares'; key: string; groups: [string, string] };

const firstTwice = (values: readonly string[]): string | undefined =>
  values.find((value, place) => values.indexOf(value) !== place);

/** Rules that one group can break by itself. */
export function findMembershipFault(group: GroupDraft): MembershipFault | null {
  const { id, threshold, custodians } = group;
  if (threshold < 2) return { fault: 'threshold-below-two', group: id };
  if (threshold > custodians.length)
    return { fault: 'threshold-above-custodians', group: id, custodians: custodians.length };
  const person = firstTwice(custodians);
  return person === undefined ? null : { fault: 'custodian-twice', group: id, person };
}

function findPairFault(groups: readonly GroupDraft[]): BackupFault | null {
  for (const [place, left] of groups.entries())
    for (const right of groups.slice(place + 1)) {
      const both: [string, string] = [left.id, right.id];
      if (left.id === right.id) return { fault: 'group-twice', group: left.id };
      if (left.publicKey === right.publicKey) return { fault: 'recovery-key-twice', groups: both };
      if (left.party === right.party)
        return { fault: 'party-with-two-groups', party: left.party, groups: both };
    }
  return null;
}

/** Whether just enough people to open one group's share could be enough for the other's as well. */
function opensBoth(left: GroupDraft, right: GroupDraft): boolean {
  const shared = left.custodians.filter((person) => right.custodians.includes(person)).length;
  return shared >= Math.min(left.threshold, right.threshold);
}

function findReachFault(
  { key, threshold, parties }: KeyHolders,
  groups: readonly GroupDraft[],
): BackupFault | null {
  const own = groups.filter(({ party }) => parties.includes(party));
  const uncovered = parties.find((party) => own.every((group) => group.party !== party));
  if (uncovered !== undefined) return { fault: 'party-without-group', party: uncovered, key };
  for (const person of own.flatMap(({ custodians }) => custodians)) {
    const memberships = own.filter(({ custodians }) => custodians.includes(person));
    if (memberships.length >= threshold)
      return {
        fault: 'custodian-reaches-threshold',
        person,
        key,
        groups: memberships.map(({ id }) => id),
      };
  }
  for (const [place, left] of own.entries()) {
    const right = own.slice(place + 1).find((other) => opensBoth(left, other));
    if (right) return { fault: 'group-opens-two-shares', key, groups: [left.id, right.id] };
  }
  return null;
}

/**
 * Checks the backup groups in force against the keys they stand behind: every party's share has one
 * group, nobody sits in the groups of as many parties as the key's threshold, and no set of people
 * that opens one share opens another of the same key too.
 * @returns the first fault, or null.
 */
export function findBackupFault(
  groups: readonly GroupDraft[],
  keys: readonly KeyHolders[],
): BackupFault | null {
  for (const group of groups) {
    const fault = findMembershipFault(group);
    if (fault) return fault;
  }
  const pair = findPairFault(groups);
  if (pair) return pair;
  for (const key of keys) {
    const fault = findReachFault(key, groups);
    if (fault) return fault;
  }
  return null;
}

export function membershipSentence(fault: MembershipFault): string {
  switch (fault.fault) {
    case 'threshold-below-two':
      return `Group ${fault.group} would open with one part, so one person alone would hold a share. Ask for two parts or more.`;
    case 'threshold-above-custodians':
      return `Group ${fault.group} asks for more parts than its ${fault.custodians} custodians hold, so it could never open.`;
    case 'custodian-twice':
      return `${fault.person} is in group ${fault.group} twice. A custodian holds one part of a group.`;
  }
}

export function backupFaultSentence(fault: BackupFault): string {
  switch (fault.fault) {
    case 'threshold-below-two':
    case 'threshold-above-custodians':
    case 'custodian-twice':
      return membershipSentence(fault);
    case 'group-twice':
      return `Two groups are called ${fault.group}.`;
    case 'recovery-key-twice':
      return `Groups ${fault.groups.join(' and ')} have the same recovery key, so the parts of one open the shares of both.`;
    case 'party-with-two-groups':
      return `The share of party ${fault.party} is kept by ${fault.groups.join(' and ')}. One group keeps a share; retire the other.`;
    case 'party-without-group':
      return `No group keeps the share of party ${fault.party}, which key ${fault.key} needs.`;
    case 'custodian-reaches-threshold':
      return `${fault.person} is in the groups ${fault.groups.join(', ')}, which keep as many shares of key ${fault.key} as rebuild it.`;
    case 'group-opens-two-shares':
      return `Groups ${fault.groups.join(' and ')} share so many custodians that the same people open two shares of key ${fault.key}.`;
  }
}
