/** Facts of an operation in words, as a rule's condition looks at them. Pure. */
import { wallClock, type ConditionName } from '#lib/protocol/policy-conditions.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import type { PolicyConditions } from '#lib/protocol/policy.ts';
import { kindFacts } from '../kinds.ts';
import {
  amountText,
  classNames,
  dayNames,
  eurText,
  riskNames,
  scopeNames,
  standingNames,
} from '../policy-words.ts';

const unknown = 'not known';
const notApplicable = 'does not apply';

/** Absent is not known, null does not apply. */
function told<T>(value: T | null | undefined, words: (value: T) => string): string {
  if (value === undefined) return unknown;
  return value === null ? notApplicable : words(value);
}

/** Rounded down to what a person thinks in: "3 days", "less than an hour". */
export function ageText(seconds: number): string {
  const [size, unit] = seconds >= 172_800 ? [86_400, 'day'] : [3600, 'hour'];
  const count = Math.floor(seconds / size);
  if (count === 0) return 'less than an hour';
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** "2 SOL missing", or that nothing is. */
export const shortfallText = (units: string, asset: string): string =>
  units === '0' ? 'nothing missing' : `${amountText(units, asset)} missing`;

const clockText = (zone: string, now: string): string => {
  const { day, time } = wallClock(zone, now);
  return `${dayNames[day - 1] ?? ''} ${time}, ${zone} time`;
};

function velocityText({ velocity }: PolicyConditions, facts: PolicyFacts): string {
  if (!velocity || facts.amount === null) return notApplicable;
  const { scope, hours } = velocity;
  const spent = facts.spent.find((entry) => entry.scope === scope && entry.hours === hours);
  if (!spent) return unknown;
  const sum = (BigInt(spent.amount) + BigInt(facts.amount)).toString();
  return `${amountText(sum, facts.asset ?? '')} ${scopeNames[scope]} with it`;
}

/** The fact that a condition looks at. */
export function factText(name: ConditionName, when: PolicyConditions, facts: PolicyFacts): string {
  switch (name) {
    case 'kind':
      return kindFacts[facts.kind].name;
    case 'asset':
      return told(facts.asset, (asset) => asset);
    case 'tier':
      return told(facts.tier, (tier) => tier);
    case 'vault':
      return told(facts.vault, (vault) => vault);
    case 'client':
      return told(facts.client, (client) => client);
    case 'amount':
      return told(facts.amount, (amount) => amountText(amount, facts.asset ?? ''));
    case 'destination-class':
      return told(facts.destination, (destination) => classNames[destination.class]);
    case 'destination-age':
      return told(facts.destination, ({ ageSeconds }) => `listed ${ageText(ageSeconds)} before`);
    case 'first-use':
      return told(facts.destination, ({ firstUse }) =>
        firstUse ? 'never paid before' : 'paid before',
      );
    case 'hours':
      return clockText(when.hours?.zone ?? 'UTC', facts.now);
    case 'velocity':
      return velocityText(when, facts);
    case 'eur':
      return told(facts.eurCents, eurText);
    case 'risk':
      return told(facts.risk, (risk) => riskNames[risk]);
    case 'standing':
      return told(facts.standing, (standing) => standingNames[standing]);
    case 'shortfall':
      return told(facts.shortfall, (units) => shortfallText(units, facts.asset ?? ''));
  }
}
