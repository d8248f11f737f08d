/**
 * What a roster version changes in the console's own records of people and keys. Pure: the roster
 * is the whole truth about who counts, so who isn't in it any more doesn't.
 */
import type { Roster } from '#lib/protocol/roster.ts';

export type KnownPerson = {
  id: string;
  status: string;
  roles: readonly string[];
  group: string | null;
  credentials: readonly { id: string; status: string }[];
};

export type RosterEffect = {
  /** Who comes in, and who stays with other roles or another group. */
  seats: { id: string; roles: string[]; group: string | null }[];
  /** Who was active and isn't in the roster any more. */
  suspended: string[];
  /** Keys that count from now on. */
  activated: string[];
  /** Keys that counted and count no longer, by the person who holds them. */
  stopped: { personId: string; credentialId: string }[];
};

/** @param known everybody the console has on record. */
export function rosterEffect(roster: Roster, known: readonly KnownPerson[]): RosterEffect {
  const seats = new Map(roster.people.map((person) => [person.id, person]));
  const counts = new Set(
    roster.people.flatMap(({ credentials }) =>
      credentials.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id),
    ),
  );
  const effect: RosterEffect = { seats: [], suspended: [], activated: [], stopped: [] };
  for (const person of known) {
    const seat = seats.get(person.id);
    if (seat && differs(person, seat))
      effect.seats.push({ id: person.id, roles: seat.roles, group: seat.group });
    if (!seat && person.status === 'active') effect.suspended.push(person.id);
    for (const key of person.credentials) {
      // A key that was stopped here stays so: a version for somebody else must not bring it back.
      if (key.status === 'pending' && counts.has(key.id)) effect.activated.push(key.id);
      if (key.status === 'active' && !counts.has(key.id))
        effect.stopped.push({ personId: person.id, credentialId: key.id });
    }
  }
  return effect;
}

/** Who was suspended stays so, for the same reason as a stopped key. */
function differs(person: KnownPerson, seat: { roles: string[]; group: string | null }): boolean {
  if (person.status === 'suspended') return false;
  if (person.status !== 'active') return true;
  return (
    person.group !== seat.group ||
    person.roles.length !== seat.roles.length ||
    person.roles.some((role) => !seat.roles.some((wanted) => wanted === role))
  );
}
