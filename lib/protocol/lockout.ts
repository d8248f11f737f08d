/** Whether people could still put right what went wrong: change roster and policy, release a freeze. */
import { timeLocked, requirementFloor } from './policy-faults.ts';
import type { PolicyFacts } from './policy-facts.ts';
import { evaluatePolicy, type Policy, type Requirement } from './policy.ts';
import { strictest } from './requirements.ts';
import type { Roster, RosterPerson } from './roster.ts';

/**
 * Without roster and policy changes nothing that went wrong could be put right; with them people can
 * be added for the rest.
 */
const vital = ['roster-change', 'policy-change'] as const;
export type Lockout = (typeof vital)[number];

/** Operations by which people undo what one person did alone. */
export const waysBack = [...vital, 'release'] as const;
type WayBack = (typeof waysBack)[number];

/** One who holds a key that counts: not revoked, and without an end that would come by itself. */
const canState = (person: RosterPerson): boolean =>
  person.notAfter === undefined &&
  person.credentials.some(({ revokedAt, notAfter }) => revokedAt === null && notAfter === null);

const mayRaise = ({ roles }: RosterPerson): boolean =>
  roles.includes('officer') || roles.includes('administrator');

/**
 * Groups have no member in common, so each need can be looked at by itself: people enough in each
 * group for its needs together, and one more who raises.
 */
function canBeMet(needs: readonly Requirement[], { people }: Roster): boolean {
  const able = people.filter(canState);
  const perGroup = new Map<string, number>();
  for (const { group, people: count } of needs)
    perGroup.set(group, (perGroup.get(group) ?? 0) + count);
  const inGroup = (name: string | null): RosterPerson[] =>
    // Delegations end, so nothing vital may hang on one.
    able.filter((person) => person.group === name);
  for (const [name, count] of perGroup) if (inGroup(name).length < count) return false;
  const spare = able.filter((person) => {
    const needed = person.group === null ? 0 : (perGroup.get(person.group) ?? 0);
    return mayRaise(person) && (person.group === null || inGroup(person.group).length > needed);
  });
  return spare.length > 0;
}

/** In seconds: hours that open for less are not looked for, and count as shut. */
const STEP = 900;
const WEEK = (7 * 86_400) / STEP;
/** Mondays, 00:00 UTC: zones stand to each other in one way in winter and in another in summer. */
const SEASONS = [Date.UTC(2026, 0, 5), Date.UTC(2026, 6, 6)];
/** In seconds: three people need some minutes to state something. */
const STATING = 300;

/** Nothing else applies to an operation of these kinds. */
const factsAt = (kind: WayBack, now: number): PolicyFacts => ({
  kind,
  asset: null,
  amount: null,
  tier: null,
  vault: null,
  client: null,
  destination: null,
  eurCents: null,
  risk: null,
  standing: null,
  shortfall: null,
  spent: [],
  now: new Date(now).toISOString(),
});

/** How long it would wait at each moment of a week, in seconds; null where it can't be done then. */
type Moments = readonly (number | null)[];

/** One moment stands for all where no rule looks at the clock. */
function momentsOf(
  kind: WayBack,
  policy: Policy,
  { monday, areMet }: { monday: number; areMet: (needs: readonly Requirement[]) => boolean },
): Moments {
  const rules = policy.rules.filter(({ when }) => when.kinds.includes(kind));
  const count = rules.some(({ when }) => when.hours) ? WEEK : 1;
  const lock = timeLocked.includes(kind) ? (policy.timeLockSeconds ?? 0) : 0;
  const met = new Map<string | null, boolean>();
  return Array.from({ length: count }, (_, place) => {
    const facts = factsAt(kind, monday + place * STEP * 1000);
    const { outcome, rule } = evaluatePolicy({ ...policy, rules }, facts);
    if (outcome.effect === 'deny') return null;
    const isMet = met.get(rule) ?? areMet(strictest(requirementFloor[kind], outcome.needs));
    met.set(rule, isMet);
    return isMet ? Math.max(lock, outcome.delaySeconds ?? 0) : null;
  });
}

/**
 * Whether a full set can be there at one moment and still count at one that comes after the wait:
 * the rules are asked both times.
 */
function canPass(moments: Moments, lifetime: number): boolean {
  const left = lifetime - STATING;
  const [first = null] = moments;
  if (moments.length === 1) return first !== null && first <= left;
  return moments.some((opens, from) => {
    if (opens === null) return false;
    for (let steps = 0; steps * STEP <= left; steps += 1) {
      const wait = moments[(from + steps) % moments.length] ?? null;
      if (wait !== null && wait <= steps * STEP) return true;
    }
    return false;
  });
}

const isOpen = (
  kind: WayBack,
  policy: Policy,
  areMet: (needs: readonly Requirement[]) => boolean,
): boolean =>
  SEASONS.every((monday) =>
    canPass(momentsOf(kind, policy, { monday, areMet }), policy.lifetimes[kind]),
  );

/**
 * Whoever is in the roster now and holds a key without an end must be enough; the first matching
 * rule decides, at hours that come round, and statements must outlast the wait.
 * @returns the first vital kind of operation that nobody could complete any more, or null.
 */
export function findLockout(roster: Roster, policy: Policy): Lockout | null {
  return vital.find((kind) => !isOpen(kind, policy, (needs) => canBeMet(needs, roster))) ?? null;
}

/**
 * True when no number of people could release a freeze. While everything is frozen people can be
 * added, but a policy can't be loosened: such a freeze would stand for good.
 */
export const isReleaseShut = (policy: Policy): boolean => !isOpen('release', policy, () => true);
