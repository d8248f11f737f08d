/** For which group somebody states, and in whose place: the parties' own rules over a roster. Pure. */
import { delegationAt, type Group, type Seats } from '#lib/protocol/roster.ts';

export type Seat = {
  group: Group | null;
  /** Set where a delegation gives the group: whose place it is (person id), and until when (ISO). */
  standsInFor: { person: string; until: string } | null;
};

const none: Seat = { group: null, standsInFor: null };

/**
 * @param roster null before genesis, when nobody states for a group.
 * @param at in milliseconds since 1970; delegations end.
 */
export function seatAt(roster: Seats | null, personId: string, at: number): Seat {
  const person = roster?.people.find(({ id }) => id === personId);
  if (!roster || !person) return none;
  if (person.group !== null) return { group: person.group, standsInFor: null };
  const lent = delegationAt(roster, person, at);
  if (!lent) return none;
  const { from, notAfter } = lent.delegation;
  return { group: lent.group, standsInFor: { person: from, until: notAfter } };
}
