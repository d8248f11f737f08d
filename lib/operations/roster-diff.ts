/** What a proposed roster changes, person by person, in words. Pure. */
import { roleNames } from '#lib/identity/roles.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { keyWords } from '#lib/protocol/fingerprints.ts';
import type { Roster, RosterPerson } from '#lib/protocol/roster.ts';
import { rosterTightens } from '#lib/protocol/roster-tightening.ts';
import { groupName } from './group-names.ts';
import { arrangementChanges, type ArrangementChange } from './roster/arrangements.ts';
import { endText } from './roster/end-text.ts';
import type { Unusual } from './unusual.ts';

export type PersonEntry = {
  id: string;
  name: string;
  roles: string[];
  /** As people read it; null for somebody who acts for none. */
  group: string | null;
  keys: { id: string; kind: string }[];
};

export type RosterDiff = {
  version: number;
  /** Version it is compared with; null when that is not the one the proposal follows. */
  before: number | null;
  added: PersonEntry[];
  removed: PersonEntry[];
  changed: { person: PersonEntry; changes: string[] }[];
  unchanged: number;
  /** Who stands in for whom, and who keeps parts of whose shares, as sentences. */
  arrangements: ArrangementChange[];
  /** Changes of what should stay as it is: parties and addresses. */
  other: string[];
  /** True when nobody gains anything by it. */
  tightens: boolean;
};

const keyKind = (key: RosterPerson['credentials'][number]): string => {
  if (key.revokedAt !== null) return 'revoked';
  if (key.software) return 'software key, sandbox only';
  return key.backupEligible ? 'passkey that can be copied' : 'bound to its device';
};

const entryOf = (person: RosterPerson, nameOf: (id: string) => string): PersonEntry => ({
  id: person.id,
  name: nameOf(person.id),
  roles: person.roles.map((role) => roleNames[role]),
  group: person.group === null ? null : groupName(person.group),
  keys: person.credentials.map((key) => ({ id: key.id, kind: keyKind(key) })),
});

const groupText = (group: RosterPerson['group']): string =>
  group === null ? 'no group' : groupName(group);

const rolesText = (roles: RosterPerson['roles']): string =>
  roles.map((role) => roleNames[role]).join(', ');

/** The words that key registers and the parties' pages show for a key. */
const keyName = ({ publicKey }: RosterPerson['credentials'][number]): string =>
  keyWords(new Uint8Array(Buffer.from(publicKey, 'base64url'))).join(' ');

function keyChanges(before: RosterPerson, after: RosterPerson): string[] {
  const had = new Map(before.credentials.map((key) => [key.id, key]));
  const has = new Set(after.credentials.map((key) => key.id));
  return [
    ...after.credentials.flatMap((key) => {
      const old = had.get(key.id);
      if (!old) return [`gains a key, ${keyKind(key)}`];
      if (canonicalize(old) === canonicalize(key)) return [];
      if (old.revokedAt === null && key.revokedAt !== null) return ['a key is revoked'];
      return canonicalize({ ...old, notAfter: null }) === canonicalize({ ...key, notAfter: null })
        ? [`key ${keyName(key)} counts ${endText(key.notAfter)}, before ${endText(old.notAfter)}`]
        : ['a key is changed'];
    }),
    ...before.credentials.filter((key) => !has.has(key.id)).map(() => 'a key is taken out'),
  ];
}

function personChanges(before: RosterPerson, after: RosterPerson): string[] {
  const changes = keyChanges(before, after);
  if (before.notAfter !== after.notAfter)
    changes.push(
      `everything granted counts ${endText(after.notAfter ?? null)}, before ${endText(before.notAfter ?? null)}`,
    );
  if (before.group !== after.group)
    changes.unshift(`moves from ${groupText(before.group)} to ${groupText(after.group)}`);
  if (canonicalize(before.roles) !== canonicalize(after.roles))
    changes.unshift(`role changes from ${rolesText(before.roles)} to ${rolesText(after.roles)}`);
  return changes;
}

/** @param before the roster in force; null when the one the proposal follows is not on record. */
export function rosterDiff(
  before: Roster | null,
  after: Roster,
  nameOf: (id: string) => string,
): RosterDiff {
  const had = new Map((before?.people ?? []).map((person) => [person.id, person]));
  const has = new Set(after.people.map((person) => person.id));
  const pairs = after.people.map((person) => ({ person, old: had.get(person.id) ?? null }));
  const changed = pairs.flatMap(({ person, old }) => {
    const changes = old === null ? [] : personChanges(old, person);
    return changes.length === 0 ? [] : [{ person: entryOf(person, nameOf), changes }];
  });
  const added = pairs.filter(({ old }) => old === null);
  const removed = (before?.people ?? []).filter((person) => !has.has(person.id));
  const arrangements = before ? arrangementChanges(before, after, nameOf) : [];
  const other = before ? otherChanges(before, after) : [];
  const shown = added.length + removed.length + changed.length + arrangements.length + other.length;
  if (before && shown === 0 && contentOf(before) !== contentOf(after))
    other.push('Something changes that can’t be shown here. Do not approve it.');
  return {
    version: after.version,
    before: before?.version ?? null,
    added: added.map(({ person }) => entryOf(person, nameOf)),
    removed: removed.map((person) => entryOf(person, nameOf)),
    changed,
    unchanged: pairs.length - added.length - changed.length,
    arrangements,
    other,
    tightens: before !== null && rosterTightens(before, after),
  };
}

/** All of a roster but its place in the chain. */
const contentOf = ({ version: _version, previous: _previous, ...content }: Roster): string =>
  canonicalize(content);

function otherChanges(before: Roster, after: Roster): string[] {
  const other: string[] = [];
  if (canonicalize(before.parties) !== canonicalize(after.parties))
    other.push('The MPC parties change.');
  if (canonicalize(before.relyingParty) !== canonicalize(after.relyingParty))
    other.push('The addresses at which a key press counts change.');
  if (before.organisation !== after.organisation || before.environment !== after.environment)
    other.push('The organisation or the environment changes.');
  return other;
}

/** What stands out in a roster change. */
export function unusualRoster(diff: RosterDiff): Unusual {
  const isWeak = ({ kind }: { kind: string }) =>
    kind.startsWith('software') || kind.startsWith('passkey');
  const weak = diff.added.filter(({ keys }) => keys.some(isWeak));
  const single = diff.added.filter(({ keys, group }) => group !== null && keys.length < 2);
  const found = [
    diff.before === null && {
      title: 'The version before is not on record here.',
      sentence: 'What changes cannot be shown. Do not approve it.',
    },
    diff.other.length > 0 && {
      title: 'More than people changes.',
      sentence: diff.other.join(' '),
    },
    diff.removed.length > 0 && {
      title: 'Somebody leaves the roster.',
      sentence: `${diff.removed.map(({ name }) => name).join(', ')} could no longer act.`,
    },
    diff.arrangements.some(({ how, about }) => how !== 'removed' && about === 'delegation') && {
      title: 'Somebody gets a say in another’s place.',
      sentence: 'They count as one voice with whom they stand in for.',
    },
    weak.length > 0 && {
      title: 'A key that production refuses.',
      sentence: `${weak.map(({ name }) => name).join(', ')} has a key that can be copied or is software. Only a sandbox takes it.`,
    },
    single.length > 0 && {
      title: 'One key only.',
      sentence: `${single.map(({ name }) => name).join(', ')} has no second key if the first is lost.`,
    },
  ];
  return {
    found: found.filter((finding) => finding !== false),
    compared:
      'every person, role, group, end and key, every delegation and group of custodians with the version before, and the parties with theirs',
  };
}
