/** What a natural person may speak as at an instant. */
import { findKeyRefusal, standIns } from '../counting.ts';
import { groupAt, type Group, type Roster, type RosterPerson } from '../roster.ts';
import type { NaturalPerson } from './natural-people.ts';

/** An entry of the roster with a key that counts. */
export type Speaker = {
  entry: RosterPerson;
  /** The group it approves or co-signs for, null where it can do neither. */
  group: Group | null;
  /** Ids with which it would be one voice instead of two. */
  notWith: ReadonlySet<string>;
};

/** Of two keys with one id the decision finds the first. */
const countsAt = (person: RosterPerson, at: number): boolean =>
  person.credentials.some(
    (credential, place) =>
      findKeyRefusal({ person, credential }, at) === null &&
      person.credentials.findIndex(({ id }) => id === credential.id) === place,
  );

/**
 * The instants that have to be looked at for a person, in milliseconds: one before everything, and
 * each end of a delegation or of its giver, when the next delegation may begin to count and lend
 * another group. Any other end only takes something away. Ends that are over for whoever asks are
 * among them, because a draft has no clock.
 */
export function turningPoints(
  { entries }: NaturalPerson,
  { people, delegations = [] }: Roster,
): number[] {
  const borrowers = new Set(entries.flatMap(({ id, group }) => (group === null ? [id] : [])));
  const given = delegations.filter(({ to }) => borrowers.has(to));
  const givers = new Set(given.map(({ from }) => from));
  const ends = [
    ...given.map(({ notAfter }) => notAfter),
    ...people.flatMap(({ id, notAfter }) => (givers.has(id) ? (notAfter ?? []) : [])),
  ].map((end) => Date.parse(end));
  return [-Infinity, ...new Set(ends.toSorted((left, right) => left - right))];
}

/** Who is one voice with whom, for all ids of the roster. */
export function oneVoice(roster: Roster): ReadonlyMap<string, ReadonlySet<string>> {
  const pairs = new Map<string, Set<string>>();
  const add = (one: string, other: string): void => {
    const known = pairs.get(one);
    if (known) known.add(other);
    else pairs.set(one, new Set([other]));
  };
  for (const { from, to } of standIns(roster)) {
    add(from, to);
    add(to, from);
  }
  return pairs;
}

export function speakersAt(
  { entries }: NaturalPerson,
  at: number,
  { roster, pairs }: { roster: Roster; pairs: ReturnType<typeof oneVoice> },
): Speaker[] {
  return entries
    .filter((entry) => countsAt(entry, at))
    .map((entry) => {
      const notWith = pairs.get(entry.id) ?? new Set<string>();
      // Who stands in for themselves is never one voice.
      const group = notWith.has(entry.id) ? null : groupAt(roster, entry, at);
      return { entry, group, notWith };
    });
}
