/** Who may press a key at this party's pages, and with which keys. */
import { z } from 'zod';
import { findKeyRefusal, mayStop, raisingRoles } from '#lib/protocol/counting.ts';
import { groupAt, type RosterCredential, type RosterPerson } from '#lib/protocol/roster.ts';
import { base64url, personId } from '#lib/protocol/scalars.ts';
import type { Party } from '../party.ts';
import { revokedCredentials } from '../store/stops.ts';
import type { Trust } from '../store/trust.ts';
import { refused, type PageAnswer } from './refusals.ts';

/** What the key press is for: a no to one operation, a stop of its own, the second-channel code. */
export const purpose = z.enum(['reject', 'stop', 'code']);
export type Purpose = z.infer<typeof purpose>;

/** Keys that a browser is given to choose from; more, and keys have to know their person themselves. */
const KEYS_MAX = 200;

function isEntitled(party: Party, trust: Trust, person: RosterPerson, of: Purpose): boolean {
  switch (of) {
    case 'reject':
      return mayStop(person);
    case 'stop':
      return person.roles.some((role) => raisingRoles('freeze').includes(role));
    case 'code':
      return groupAt(trust.roster, person, party.now().getTime()) === party.config.group;
  }
}

/** People of the roster who may do it, in its order. */
export const entitled = (party: Party, trust: Trust, of: Purpose): RosterPerson[] =>
  trust.roster.people.filter((person) => isEntitled(party, trust, person, of));

/** Ids of the keys that somebody revoked here and the roster may still list as good. */
const revokedHere = (party: Party): ReadonlySet<string> =>
  new Set(revokedCredentials(party.database, party.kek));

/** Why a key of a person states nothing at this party now, or null when it counts. */
export function findKeyFault(
  party: Party,
  of: { person: RosterPerson; credential: RosterCredential },
  revoked = revokedHere(party),
): 'credential-revoked' | 'credential-expired' | null {
  if (revoked.has(of.credential.id)) return 'credential-revoked';
  return findKeyRefusal(of, party.now().getTime());
}

/** A person's keys that count now: not revoked, here or in the roster, and not ended. */
export const keysThatCount = (
  party: Party,
  person: RosterPerson,
  revoked = revokedHere(party),
): RosterCredential[] =>
  person.credentials.filter(
    (credential) => findKeyFault(party, { person, credential }, revoked) === null,
  );

/** Ids of all keys that may answer, none when there are more than a browser should be given. */
export function keysFor(party: Party, trust: Trust, of: Purpose): string[] {
  const revoked = revokedHere(party);
  const ids: string[] = [];
  for (const person of entitled(party, trust, of)) {
    ids.push(...keysThatCount(party, person, revoked).map(({ id }) => id));
    if (ids.length > KEYS_MAX) return [];
  }
  return ids;
}

/** Said by the person, or by the key that they touched for it. */
export const whoever = z.union([
  z.strictObject({ person: personId }),
  z.strictObject({ credential: base64url.max(1400) }),
]);
export type Whoever = z.infer<typeof whoever>;

/** Only says who somebody claims to be; the key press that follows proves it. */
export function findPerson({ roster }: Trust, who: Whoever): PageAnswer<RosterPerson> {
  const person = roster.people.find((entry) =>
    'person' in who
      ? entry.id === who.person
      : entry.credentials.some(({ id }) => id === who.credential),
  );
  if (person) return { ok: true, value: person };
  return refused('person' in who ? 'person-unknown' : 'key-not-on-record');
}
