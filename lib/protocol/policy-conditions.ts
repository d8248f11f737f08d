/** Whether the conditions of a rule hold for the facts of an operation. Pure. */
import type { PolicyFacts } from './policy-facts.ts';
import type { PolicyConditions } from './policy.ts';

export const conditionNames = [
  'kind',
  'asset',
  'tier',
  'vault',
  'client',
  'amount',
  'destination-class',
  'destination-age',
  'first-use',
  'hours',
  'velocity',
  'eur',
  'risk',
  'standing',
  'shortfall',
] as const;
export type ConditionName = (typeof conditionNames)[number];

/** `missing` when a fact that the condition looks at is not known. */
type Held = boolean | 'missing';

/** Null where the rule does not name the condition. */
type Check = (when: PolicyConditions, facts: PolicyFacts) => Held | null;

const oneOf = <T>(list: readonly T[] | undefined, value: T | null | undefined): Held | null => {
  if (list === undefined) return null;
  if (value === undefined) return 'missing';
  return value !== null && list.includes(value);
};

const above = (bound: string | undefined, value: string | null | undefined): Held | null => {
  if (bound === undefined) return null;
  if (value === undefined) return 'missing';
  return value !== null && BigInt(value) > BigInt(bound);
};

/** What the clock on a wall shows; 1 is Monday. */
type WallClock = { day: number; time: string };

/**
 * One formatter for each zone, because making one costs more than a whole decision may, and what it
 * showed last, because the rules of a decision all look at one instant.
 */
const clocks = new Map<
  string,
  { format: Intl.DateTimeFormat; instant: string; shown: WallClock }
>();

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function read(format: Intl.DateTimeFormat, instant: string): WallClock {
  const parts = format.formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((entry) => entry.type === type)?.value ?? '';
  return {
    day: weekdays.indexOf(part('weekday')) + 1,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** Weekday (1 is Monday) and time of day at an instant, by the wall clock of a zone. */
export function wallClock(zone: string, instant: string): WallClock {
  const known = clocks.get(zone);
  if (known?.instant === instant) return known.shown;
  const format =
    known?.format ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  const shown = read(format, instant);
  clocks.set(zone, { format, instant, shown });
  return shown;
}

/** Hours that go over midnight belong to the day on which they begin. */
function isInside(hours: NonNullable<PolicyConditions['hours']>, now: string): boolean {
  const { day, time } = wallClock(hours.zone, now);
  const { from, to, days } = hours;
  if (from < to) return days.includes(day) && time >= from && time < to;
  const dayBefore = day === 1 ? 7 : day - 1;
  return (days.includes(day) && time >= from) || (days.includes(dayBefore) && time < to);
}

/** Whether an instant lies inside, or outside, as the hours of a rule ask. */
export const hoursHold = (hours: NonNullable<PolicyConditions['hours']>, now: string): boolean =>
  isInside(hours, now) === (hours.holds === 'inside');

function velocityHolds({ velocity }: PolicyConditions, facts: PolicyFacts): Held | null {
  if (velocity === undefined) return null;
  if (facts.amount === null) return false;
  const { scope, hours, above: bound } = velocity;
  const spent = facts.spent.find((entry) => entry.scope === scope && entry.hours === hours);
  if (!spent) return 'missing';
  return BigInt(spent.amount) + BigInt(facts.amount) > BigInt(bound);
}

/** In the order in which they are asked: what costs nothing first, what may be missing last. */
const checks: readonly (readonly [ConditionName, Check])[] = [
  ['kind', (when, facts) => when.kinds.includes(facts.kind)],
  ['asset', (when, facts) => oneOf(when.assets, facts.asset)],
  ['tier', (when, facts) => oneOf(when.tiers, facts.tier)],
  ['vault', (when, facts) => oneOf(when.vaults, facts.vault)],
  ['client', (when, facts) => oneOf(when.clients, facts.client)],
  ['amount', (when, facts) => above(when.amountAbove, facts.amount)],
  [
    'destination-class',
    (when, { destination }) =>
      oneOf(when.destinationClasses, destination ? destination.class : destination),
  ],
  [
    'destination-age',
    ({ destinationYoungerThan: bound }, { destination }) => {
      if (bound === undefined) return null;
      if (destination === undefined) return 'missing';
      return destination !== null && destination.ageSeconds < bound;
    },
  ],
  [
    'first-use',
    ({ firstUse }, { destination }) => {
      if (firstUse === undefined) return null;
      if (destination === undefined) return 'missing';
      return destination !== null && destination.firstUse === firstUse;
    },
  ],
  ['hours', ({ hours }, { now }) => (hours === undefined ? null : hoursHold(hours, now))],
  ['velocity', velocityHolds],
  ['eur', (when, facts) => above(when.eurCentsAbove, facts.eurCents)],
  ['risk', (when, facts) => oneOf(when.risks, facts.risk)],
  ['standing', (when, facts) => oneOf(when.standings, facts.standing)],
  ['shortfall', (when, facts) => above(when.shortfallAbove, facts.shortfall)],
];

/**
 * The first condition that does not hold. One whose fact is missing counts only when every other
 * condition holds: a rule that can't match anyway asks for nothing.
 */
export function findUnmet(
  when: PolicyConditions,
  facts: PolicyFacts,
): { unmet: ConditionName | null; isMissing: boolean } {
  let missing: ConditionName | null = null;
  for (const [name, check] of checks) {
    const held = check(when, facts);
    if (held === false) return { unmet: name, isMissing: false };
    if (held === 'missing') missing ??= name;
  }
  return { unmet: missing, isMissing: missing !== null };
}
