/** What a new roster may change, as seen from the one in force. */
import { digestOf } from './intent.ts';
import { findLockout } from './lockout.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { findRosterFault, groupsOverlap, withoutKeys, type Roster } from './roster.ts';

function findCredentialRefusal(current: Roster, next: Roster): PartyRefusal | null {
  const owners = new Map<string, { person: string; revoked: boolean }>();
  for (const person of current.people)
    for (const key of person.credentials) {
      const owner = { person: person.id, revoked: key.revokedAt !== null };
      owners.set(`id:${key.id}`, owner).set(`key:${key.publicKey}`, owner);
    }
  for (const person of next.people)
    for (const key of person.credentials)
      for (const name of [`id:${key.id}`, `key:${key.publicKey}`]) {
        const owner = owners.get(name);
        if (owner && owner.person !== person.id) return 'roster-credential-moved';
        if (owner?.revoked && key.revokedAt === null) return 'roster-credential-revived';
      }
  return null;
}

/**
 * Checks a proposed roster against the one in force: same organisation and environment, next in
 * the chain, sound in itself, the same parties, no key that comes back or changes hands (those that
 * somebody revoked since count as revoked), and people enough to change it again.
 * @returns the first refusal, or null when it may follow.
 */
export function findRosterChangeRefusal(
  held: {
    roster: Roster;
    policy: Policy;
    party: { revokedCredentials: readonly string[] };
  },
  next: Roster,
): PartyRefusal | null {
  const revoked = new Set(held.party.revokedCredentials);
  const current = withoutKeys(held.roster, revoked);
  if (next.organisation !== current.organisation) return 'wrong-organisation';
  if (next.environment !== current.environment) return 'wrong-environment';
  if (next.version !== current.version + 1 || next.previous !== digestOf(held.roster))
    return 'roster-version-chain';
  if (groupsOverlap(next)) return 'groups-overlap';
  const fault = findRosterFault(next);
  if (fault) return `roster-${fault}`;
  // Who holds shares follows from the parties, so they change only together with the shares.
  if (digestOf(next.parties) !== digestOf(current.parties)) return 'roster-parties-changed';
  const credential = findCredentialRefusal(current, next);
  if (credential) return credential;
  return findLockout(next, held.policy) ? 'roster-locks-out' : null;
}
