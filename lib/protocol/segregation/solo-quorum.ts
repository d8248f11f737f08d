/** Whether one natural person makes up all the people that an operation needs. */
import type { Requirement } from '../policy.ts';
import type { Role } from '../roster.ts';
import type { Budget } from './budget.ts';
import type { Speaker } from './speakers.ts';

export type Part = { speaker: Speaker; decision: 'raise' | Requirement['decision'] };

type Wanted = ReadonlyMap<string, number>;

/** Voices that an operation needs of each group; each entry of the roster gives one. */
function wantedOf(needs: readonly Requirement[]): Wanted {
  const wanted = new Map<string, number>();
  for (const { group, people } of needs) wanted.set(group, (wanted.get(group) ?? 0) + people);
  return wanted;
}

function countGroups(speakers: readonly Speaker[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { group } of speakers)
    if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

const isEnough = (there: ReadonlyMap<string, number>, wanted: Wanted): boolean =>
  [...wanted].every(([group, people]) => (there.get(group) ?? 0) >= people);

/**
 * Chooses speakers of which no two are one voice, as many of each group as are wanted. Exact, by
 * taking and leaving one after the other: it is quick where few stand in for each other, and
 * may take very long where hundreds do, hence the budget.
 */
export function chooseVoices(
  pool: readonly Speaker[],
  wanted: Wanted,
  budget: Budget,
): Speaker[] | 'unsure' | null {
  if (!isEnough(countGroups(pool), wanted)) return null;
  const ids = new Set(pool.map(({ entry }) => entry.id));
  const torn = pool.find(({ notWith }) => [...notWith].some((id) => ids.has(id)));
  if (!torn) return [...pool];
  budget.steps -= pool.length;
  if (budget.steps < 0) return 'unsure';
  const others = pool.filter((speaker) => speaker !== torn);
  const taken = chooseVoices(
    [{ ...torn, notWith: new Set() }, ...others.filter(({ entry }) => !torn.notWith.has(entry.id))],
    wanted,
    budget,
  );
  return taken ?? chooseVoices(others, wanted, budget);
}

function shareOut(needs: readonly Requirement[], voices: readonly Speaker[]): Part[] {
  const left = [...voices];
  return needs.flatMap(({ group, decision, people }) =>
    Array.from({ length: people }).flatMap(() => {
      const place = left.findIndex((speaker) => speaker.group === group);
      return place === -1 ? [] : left.splice(place, 1).map((speaker) => ({ speaker, decision }));
    }),
  );
}

/** Those who may raise; of several who would be missed in the same way, one. */
function raisersAmong(speakers: readonly Speaker[], roles: readonly Role[]): Speaker[] {
  const seen = new Set<string | null>();
  return speakers.filter(({ entry, group, notWith }) => {
    if (!entry.roles.some((role) => roles.includes(role))) return false;
    if (notWith.size > 0) return true;
    const isNews = !seen.has(group);
    seen.add(group);
    return isNews;
  });
}

/**
 * @param speakers all of one natural person, at one instant.
 * @param needs each group and decision once, as `findNeeds` gives them.
 * @returns who would state what, the raise first; null when they are not enough.
 */
export function findSoloQuorum(
  speakers: readonly Speaker[],
  { needs, raisers }: { needs: readonly Requirement[]; raisers: readonly Role[] },
  budget: Budget,
): Part[] | 'unsure' | null {
  const wanted = wantedOf(needs);
  const pool = speakers.filter(({ group }) => group !== null && wanted.has(group));
  if (!isEnough(countGroups(pool), wanted)) return null;
  const useful = new Set(pool);
  const able = raisersAmong(speakers, raisers);
  // Whoever is not needed otherwise raises best.
  able.sort((left, right) => Number(useful.has(left)) - Number(useful.has(right)));
  for (const raiser of able) {
    const voices = chooseVoices(
      pool.filter((speaker) => speaker !== raiser),
      wanted,
      budget,
    );
    if (voices === 'unsure') return 'unsure';
    if (voices) return [{ speaker: raiser, decision: 'raise' }, ...shareOut(needs, voices)];
  }
  return null;
}
