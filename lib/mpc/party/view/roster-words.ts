/** What a proposed roster changes against the one in force here, line by line. */
import { keyWords } from '#lib/protocol/fingerprints.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { Roster, RosterCredential, RosterPerson } from '#lib/protocol/roster.ts';
import { inWords, utc } from './section.ts';

const same = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);

const partOf = ({ roles, group }: Pick<RosterPerson, 'roles' | 'group'>): string =>
  `${inWords(roles)}${group === null ? ', no group' : ` of ${group}`}`;

const keyName = ({ publicKey }: RosterCredential): string =>
  keyWords(Buffer.from(publicKey, 'base64url')).join(' ');

function keyChanges(before: RosterPerson, after: RosterPerson): string[] {
  const had = new Map(before.credentials.map((key) => [key.id, key]));
  const has = new Set(after.credentials.map(({ id }) => id));
  return [
    ...after.credentials.flatMap((key) => {
      const old = had.get(key.id);
      if (!old) return [`gains the key “${keyName(key)}”`];
      if (same(old, key)) return [];
      const isRevoked = old.revokedAt === null && key.revokedAt !== null;
      return [`${isRevoked ? 'loses' : 'has changed:'} the key “${keyName(key)}”`];
    }),
    ...before.credentials
      .filter(({ id }) => !has.has(id))
      .map((key) => `loses the key “${keyName(key)}”`),
  ];
}

function personChanges(before: RosterPerson, after: RosterPerson): string[] {
  const changes: string[] = [];
  if (partOf(before) !== partOf(after))
    changes.push(`is ${partOf(after)} in place of ${partOf(before)}`);
  if (before.notAfter !== after.notAfter)
    changes.push(
      after.notAfter === undefined ? 'stays without an end' : `counts until ${utc(after.notAfter)}`,
    );
  return [...changes, ...keyChanges(before, after)];
}

function addedLine(person: RosterPerson): string {
  const keys = person.credentials.map((key) => `“${keyName(key)}”`);
  return `${person.id} is added: ${partOf(person)}, with ${keys.length === 0 ? 'no key' : `the key ${inWords(keys)}`}`;
}

/** Everything of a roster that is not about one person, as the digest covers it. */
const otherParts = {
  relyingParty: 'the addresses at which key presses count',
  parties: 'the parties',
  delegations: 'who may state for whom',
  backups: 'who keeps the sealed shares',
} as const;

export function rosterChanges(before: Roster, after: Roster): string[] {
  const had = new Map(before.people.map((person) => [person.id, person]));
  const has = new Set(after.people.map(({ id }) => id));
  const lines = [
    ...after.people.flatMap((person) => {
      const old = had.get(person.id);
      if (!old) return [addedLine(person)];
      const changes = personChanges(old, person);
      return changes.length === 0 ? [] : [`${person.id} ${inWords(changes)}`];
    }),
    ...before.people.filter(({ id }) => !has.has(id)).map(({ id }) => `${id} is taken out`),
    ...(Object.keys(otherParts) as (keyof typeof otherParts)[])
      .filter((part) => !same(before[part] ?? null, after[part] ?? null))
      .map((part) => `Changed: ${otherParts[part]}`),
  ];
  return lines.length === 0 ? ['Nothing but the version changes.'] : lines;
}
