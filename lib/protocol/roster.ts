/**
 * The roster: who the people and the MPC parties are, which keys they hold and which group they
 * belong to. Parties pin it at genesis; each later version is signed under the one before.
 */
import { base64urlnopad } from '@scure/base';
import { z } from 'zod';
import { readCoseKey } from './cose.ts';
import {
  base64url,
  digestHex,
  environment,
  hostName,
  instant,
  personId,
  publicKeyHex,
  slug,
  webOrigin,
} from './scalars.ts';

/** Groups people act for. No one is in two of them (design: four eyes by mathematics). */
export const group = z.enum(['control', 'custody', 'recovery']);
export type Group = z.infer<typeof group>;

/** People in one roster; every party reads all of it at each admission. */
export const peopleMax = 1000;

/** What a person is there for. Scopes follow from roles; groups decide whose statement moves which party. */
export const role = z.enum(['officer', 'administrator', 'dpo', 'manager', 'auditor']);
export type Role = z.infer<typeof role>;

export const rosterCredential = z.strictObject({
  /** WebAuthn credential id. */
  id: base64url.max(1400),
  /** COSE_Key bytes (RFC 9052) as registered. */
  publicKey: base64url,
  /** BE flag at registration: true for a passkey that can be copied between devices. */
  backupEligible: z.boolean(),
  /** True for keys made in software for the sandbox; production parties refuse the roster. */
  software: z.boolean(),
  /** End of the grant, null for none. */
  notAfter: instant.nullable(),
  /** Set when the key no longer counts; kept so that older statements can still be attributed. */
  revokedAt: instant.nullable(),
});
export type RosterCredential = z.infer<typeof rosterCredential>;

export const rosterPerson = z.strictObject({
  id: personId,
  roles: z.array(role).min(1).max(5),
  /** The group this person acts for when approving or co-signing; null for people who do neither. */
  group: group.nullable(),
  /** End of everything granted to the person; absent for none. */
  notAfter: instant.optional(),
  credentials: z.array(rosterCredential).max(10),
});
export type RosterPerson = z.infer<typeof rosterPerson>;

export const rosterParty = z.strictObject({
  name: slug,
  /** The group whose statement this party needs before it moves. */
  group,
  /** Participant number in the threshold protocols, from 1. */
  index: z.int().min(1).max(16),
  /** Ed25519 key that signs the party's envelopes. */
  identityKey: publicKeyHex,
  /** X25519 key to which private payloads for the party are encrypted. */
  exchangeKey: publicKeyHex,
  /**
   * Where the party shows its own pages and takes a "no", exactly as browsers spell it. A key press
   * made there counts for a "no" only. Absent for a party without a network.
   */
  origin: webOrigin.optional(),
  /** True for a party that is run by hand on a machine without a network; it guards cold vaults. */
  cold: z.literal(true).optional(),
});
export type RosterParty = z.infer<typeof rosterParty>;

/** Lets one person state for the group of another until an instant. A person still counts once. */
export const rosterDelegation = z.strictObject({
  from: personId,
  to: personId,
  notAfter: instant,
});
export type RosterDelegation = z.infer<typeof rosterDelegation>;

/** The custodians who can open the sealed copies of one party's shares, so many of them together. */
export const rosterBackup = z.strictObject({
  id: slug,
  party: slug,
  threshold: z.int().min(2).max(16),
  /** X25519 key to which shares are sealed; its private part exists in parts only. */
  publicKey: publicKeyHex,
  custodians: z.array(personId).min(2).max(16),
});
export type RosterBackup = z.infer<typeof rosterBackup>;

export const roster = z.strictObject({
  type: z.literal('countersign/roster/v1'),
  organisation: slug,
  environment,
  /** Rises by one with each version; genesis is 1. */
  version: z.int().min(1).max(1_000_000),
  /** Digest of the version before; null only in version 1. */
  previous: digestHex.nullable(),
  relyingParty: z.strictObject({
    /** WebAuthn RP id. */
    id: hostName,
    /** Origins at which a key press counts, exactly as browsers spell them. */
    origins: z.array(webOrigin).min(1).max(16),
  }),
  people: z.array(rosterPerson).min(3).max(peopleMax),
  parties: z.array(rosterParty).min(2).max(16),
  delegations: z.array(rosterDelegation).max(200).optional(),
  backups: z.array(rosterBackup).max(16).optional(),
});
export type Roster = z.infer<typeof roster>;

/** True for a party that the roster says is run by hand without a network. */
export const isColdIn = ({ parties }: Pick<Roster, 'parties'>, name: string): boolean =>
  parties.some((party) => party.name === name && party.cold === true);

/** Why a roster that has the right shape is still refused. */
export type RosterFault =
  | 'duplicate-person'
  | 'duplicate-credential'
  | 'duplicate-key-material'
  | 'key-unreadable'
  | 'duplicate-party'
  | 'delegation-unsound'
  | 'backup-unsound'
  | 'group-without-people'
  | 'group-without-party'
  | 'software-key-in-production'
  | 'synced-key-in-production'
  | 'too-few-keys-in-production'
  | 'insecure-origin-in-production'
  | 'version-chain';

const hasDuplicates = (values: readonly string[]): boolean =>
  new Set(values).size !== values.length;

/**
 * Checks the rules that shape alone can't express: one group per person by construction, distinct
 * keys for distinct people, every group staffed and represented, and no sandbox convenience in
 * production.
 * @returns the first fault, or null for a sound roster.
 */
export function findRosterFault(candidate: Roster): RosterFault | null {
  const fault = findStructureFault(candidate);
  if (fault) return fault;
  const keys = candidate.people.flatMap((person) => person.credentials);
  const readable = keys.every((key) => readCoseKey(base64urlnopad.decode(key.publicKey)) !== null);
  return readable ? null : 'key-unreadable';
}

/** {@link findRosterFault} without reading each key, which a decision does only for those it meets. */
export function findStructureFault(candidate: Roster): RosterFault | null {
  const { people, parties } = candidate;
  if (hasDuplicates(people.map((person) => person.id))) return 'duplicate-person';
  const credentials = people.flatMap((person) => person.credentials);
  if (hasDuplicates(credentials.map((credential) => credential.id))) return 'duplicate-credential';
  if (hasDuplicates(credentials.map((credential) => credential.publicKey)))
    return 'duplicate-key-material';
  const partyKeys = parties.flatMap((party) => [party.identityKey, party.exchangeKey]);
  if (
    hasDuplicates(parties.map((party) => party.name)) ||
    hasDuplicates(parties.map((party) => String(party.index))) ||
    hasDuplicates(partyKeys)
  )
    return 'duplicate-party';
  for (const name of ['control', 'custody'] as const) {
    if (!people.some((person) => person.group === name)) return 'group-without-people';
    if (!parties.some((party) => party.group === name)) return 'group-without-party';
  }
  if (!delegationsAreSound(candidate)) return 'delegation-unsound';
  if (!backupsAreSound(candidate)) return 'backup-unsound';
  if ((candidate.version === 1) !== (candidate.previous === null)) return 'version-chain';
  return candidate.environment === 'production' ? findProductionFault(candidate) : null;
}

/** Between two people of the roster, from someone who has a group to give. */
function delegationsAreSound({ people, delegations = [] }: Roster): boolean {
  const pairs = delegations.map(({ from, to }) => `${from} ${to}`);
  const known = new Map(people.map((person) => [person.id, person]));
  return (
    !hasDuplicates(pairs) &&
    delegations.every(
      ({ from, to }) => from !== to && known.has(to) && (known.get(from)?.group ?? null) !== null,
    )
  );
}

/**
 * Each group of custodians keeps one party's shares, is known, can be met, and shares nobody with
 * another: no group and no person holds parts for two shares of a key.
 */
function backupsAreSound({ people, parties, backups = [] }: Roster): boolean {
  const known = new Set(people.map(({ id }) => id));
  const names = new Set(parties.map(({ name }) => name));
  return (
    !hasDuplicates(backups.map(({ id }) => id)) &&
    !hasDuplicates(backups.map(({ party }) => party)) &&
    !hasDuplicates(backups.map(({ publicKey }) => publicKey)) &&
    !hasDuplicates(backups.flatMap(({ custodians }) => custodians)) &&
    backups.every(
      ({ party, threshold, custodians }) =>
        names.has(party) &&
        threshold <= custodians.length &&
        custodians.every((custodian) => known.has(custodian)),
    )
  );
}

/** The part of a roster from which follows who states for which group. */
export type Seats = Pick<Roster, 'people' | 'delegations'>;

/**
 * The delegation by which a person of no group states at an instant, with the group it gives. Null
 * when none is in force. What somebody gave ends with everything else that was granted to them.
 */
export function delegationAt(
  candidate: Seats,
  person: RosterPerson,
  now: number,
): { delegation: RosterDelegation; group: Group | null } | null {
  if (person.group !== null) return null;
  for (const delegation of candidate.delegations ?? []) {
    const { from, to, notAfter } = delegation;
    if (to !== person.id || now >= Date.parse(notAfter)) continue;
    const giver = candidate.people.find(({ id }) => id === from);
    if (giver && (giver.notAfter === undefined || now < Date.parse(giver.notAfter)))
      return { delegation, group: giver.group };
  }
  return null;
}

/**
 * The group a person states for at an instant: their own, or the one that a delegation gives them.
 * Null when they have none. A sound roster gives nobody two.
 */
export const groupAt = (candidate: Seats, person: RosterPerson, now: number): Group | null =>
  person.group ?? delegationAt(candidate, person, now)?.group ?? null;

/** Long before anything here: a key that was revoked then counts for nothing. */
const ALWAYS = '1970-01-01T00:00:00.000Z';

/** The roster as it counts once these keys (by id) are revoked. */
export function withoutKeys(candidate: Roster, revoked: ReadonlySet<string>): Roster {
  return {
    ...candidate,
    people: candidate.people.map((person) => ({
      ...person,
      credentials: person.credentials.map((key) =>
        revoked.has(key.id) && key.revokedAt === null ? { ...key, revokedAt: ALWAYS } : key,
      ),
    })),
  };
}

/**
 * Tells whether one person or one key stands in two groups, which no decision may rest on. Looks at
 * ids and key material alike, because a copy under another name is still the same key, and at
 * delegations whether or not they have ended.
 */
export function groupsOverlap(candidate: Roster): boolean {
  const byPerson = new Map<string, Group>();
  const byKeyId = new Map<string, Group>();
  const byKey = new Map<string, Group>();
  const isElsewhere = (seen: Map<string, Group>, name: string, own: Group): boolean => {
    const before = seen.get(name);
    if (before === undefined) seen.set(name, own);
    return before !== undefined && before !== own;
  };
  const groups = new Map(candidate.people.map((person) => [person.id, person.group]));
  const given = Map.groupBy(candidate.delegations ?? [], ({ to }) => to);
  for (const { id, group: own, credentials } of candidate.people) {
    const lent = given.get(id)?.flatMap(({ from }) => groups.get(from) ?? []) ?? [];
    for (const held of own === null ? lent : [own, ...lent]) {
      if (isElsewhere(byPerson, id, held)) return true;
      for (const key of credentials)
        if (isElsewhere(byKeyId, key.id, held) || isElsewhere(byKey, key.publicKey, held))
          return true;
    }
  }
  return false;
}

function findProductionFault(candidate: Roster): RosterFault | null {
  if (candidate.relyingParty.origins.some((origin) => !origin.startsWith('https://')))
    return 'insecure-origin-in-production';
  for (const person of candidate.people) {
    if (person.credentials.some((credential) => credential.software))
      return 'software-key-in-production';
    if (person.credentials.some((credential) => credential.backupEligible))
      return 'synced-key-in-production';
    const usable = person.credentials.filter((credential) => credential.revokedAt === null);
    if (person.group !== null && usable.length < 2) return 'too-few-keys-in-production';
  }
  return null;
}
