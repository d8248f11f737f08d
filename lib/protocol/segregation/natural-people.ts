/**
 * The natural persons behind a roster, as far as it shows them. Whoever is listed under two ids with
 * one key, by its id or by its material, is one person; so is whoever is listed twice under one id,
 * and a custodian whom the roster does not list is somebody too. Revoked and ended keys tie people
 * together like any other: the person behind them is the same.
 */
import type { Roster, RosterPerson } from '../roster.ts';

export type NaturalPerson = {
  /** At least one, each once, in the order of the roster. */
  ids: string[];
  /** What the person may speak as. Of two entries with one id the decision finds the first. */
  entries: RosterPerson[];
  /** A sentence for each id that turned out to be somebody already met. */
  links: string[];
};

/** What ties entries together, and how it is told. */
type Marks = Map<string, 'key' | 'key id'>;

function marksById({ people, backups = [] }: Roster): Map<string, Marks> {
  const byId = new Map<string, Marks>();
  for (const { id, credentials } of people) {
    const marks = byId.get(id) ?? new Map<string, 'key' | 'key id'>();
    byId.set(id, marks);
    for (const key of credentials)
      marks.set(`id ${key.id}`, 'key id').set(`key ${key.publicKey}`, 'key');
  }
  for (const { custodians } of backups)
    for (const id of custodians) if (!byId.has(id)) byId.set(id, new Map());
  return byId;
}

function holdersOf(byId: ReadonlyMap<string, Marks>): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const [id, marks] of byId)
    for (const mark of marks.keys()) {
      const held = holders.get(mark);
      if (held) held.push(id);
      else holders.set(mark, [id]);
    }
  return holders;
}

/** Everybody in the roster, each once. Takes time in proportion to the number of keys. */
export function naturalPeople(roster: Roster): NaturalPerson[] {
  const byId = marksById(roster);
  const holders = holdersOf(byId);
  const place = new Map([...byId.keys()].map((id, at) => [id, at]));
  const entries = new Map(roster.people.toReversed().map((entry) => [entry.id, entry]));
  const met = new Set<string>();

  function gather(first: string): NaturalPerson {
    const [ids, links] = [[first], [] as string[]];
    met.add(first);
    // Grows while it is walked: everybody who is met may lead to others.
    for (const id of ids)
      for (const [mark, what] of byId.get(id) ?? []) {
        const others = holders.get(mark) ?? [];
        // Looked at once: whoever comes to it later would find nobody new.
        holders.delete(mark);
        for (const other of others.filter((entry) => !met.has(entry))) {
          met.add(other);
          ids.push(other);
          links.push(`${other} has the same ${what} as ${id}, so they are one person.`);
        }
      }
    ids.sort((left, right) => (place.get(left) ?? 0) - (place.get(right) ?? 0));
    return { ids, links, entries: ids.flatMap((id) => entries.get(id) ?? []) };
  }

  return [...byId.keys()].flatMap((id) => (met.has(id) ? [] : [gather(id)]));
}
