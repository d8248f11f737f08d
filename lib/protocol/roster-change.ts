/** What a new roster may change, as seen from the one in force. */
import { digestOf } from './intent.ts';
import type { PartyRefusal } from './refusals.ts';
import { findRosterFault, groupsOverlap, type Roster } from './roster.ts';

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
 * the chain, sound in itself, the same parties, and no key that comes back or changes hands.
 * @returns the first refusal, or null when it may follow.
 */
export function findRosterChangeRefusal(current: Roster, next: Roster): PartyRefusal | null {
  if (next.organisation !== current.organisation) return 'wrong-organisation';
  if (next.environment !== current.environment) return 'wrong-environment';
  if (next.version !== current.version + 1 || next.previous !== digestOf(current))
    return 'roster-version-chain';
  if (groupsOverlap(next)) return 'groups-overlap';
  const fault = findRosterFault(next);
  if (fault) return `roster-${fault}`;
  // Who holds shares follows from the parties, so they change only together with the shares.
  if (digestOf(next.parties) !== digestOf(current.parties)) return 'roster-parties-changed';
  return findCredentialRefusal(current, next);
}
