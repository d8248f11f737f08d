/** The conditions of a policy rule in plain words. Pure, and light enough for a browser. */
import { conditionNames, type ConditionName } from '#lib/protocol/policy-conditions.ts';
import type { PolicyConditions } from '#lib/protocol/policy.ts';
import {
  amountText,
  capitalised,
  classNames,
  daysText,
  eurText,
  inWords,
  kindPlurals,
  riskNames,
  scopeNames,
  spanText,
  standingNames,
  tierNames,
} from './policy-words.ts';

/** More names than this are counted rather than listed. */
const NAMED_MAX = 6;

const named = (noun: string, items: readonly string[]): string => {
  if (items.length > NAMED_MAX) return `one of ${items.length} ${noun}s`;
  return `${noun}${items.length === 1 ? '' : 's'} ${inWords(items, 'or')}`;
};

type When = PolicyConditions;
type Words = (when: When) => string | null;

const or = <T extends string>(
  list: readonly T[] | undefined,
  names: Readonly<Record<T, string>>,
): string | null =>
  list
    ? inWords(
        list.map((entry) => names[entry]),
        'or',
      )
    : null;

function hoursText({ hours }: When): string | null {
  if (!hours) return null;
  const days = daysText(hours.days);
  const on = days === 'every day' ? days : `on ${days}`;
  return `${hours.holds === 'inside' ? 'between' : 'outside'} ${hours.from} ${hours.holds === 'inside' ? 'and' : 'to'} ${hours.to} ${on}, ${hours.zone} time`;
}

function velocityText({ velocity, assets }: When): string | null {
  if (!velocity) return null;
  const { scope, hours, above } = velocity;
  return `when with it more than ${amountText(above, assets?.[0] ?? '')} leave ${scopeNames[scope]} within ${spanText(hours * 3600)}`;
}

const wordings: Readonly<Record<ConditionName, Words>> = {
  kind: ({ kinds }) => inWords(kinds.map((kind) => kindPlurals[kind])),
  asset: ({ assets }) => (assets ? `of ${inWords(assets, 'or')}` : null),
  tier: ({ tiers }) => (tiers ? `from ${or(tiers, tierNames)} vaults` : null),
  vault: ({ vaults }) => (vaults ? `from ${named('vault', vaults)}` : null),
  client: ({ clients }) => (clients ? `for ${named('client', clients)}` : null),
  amount: ({ amountAbove, assets }) =>
    amountAbove === undefined ? null : `above ${amountText(amountAbove, assets?.[0] ?? '')}`,
  'destination-class': ({ destinationClasses }) =>
    destinationClasses ? `to ${or(destinationClasses, classNames)}` : null,
  'destination-age': ({ destinationYoungerThan: age }) =>
    age === undefined ? null : `to an address listed less than ${spanText(age)} ago`,
  'first-use': ({ firstUse }) => {
    if (firstUse === undefined) return null;
    return firstUse ? 'to an address never paid before' : 'to an address paid before';
  },
  hours: hoursText,
  velocity: velocityText,
  eur: ({ eurCentsAbove: cents }) =>
    cents === undefined ? null : `worth more than ${eurText(cents)}`,
  risk: ({ risks }) => (risks ? `when the risk of the address is ${or(risks, riskNames)}` : null),
  standing: ({ standings }) =>
    standings ? `when the standing of the client is ${or(standings, standingNames)}` : null,
  shortfall: ({ shortfallAbove: units, assets }) =>
    units === undefined
      ? null
      : `while more than ${amountText(units, assets?.[0] ?? '')} is missing unexplained`,
};

/** One condition as a phrase: "above 5 SOL"; null where the rule does not name it. */
export const describeCondition = (name: ConditionName, when: When): string | null =>
  wordings[name](when);

/** The conditions that stand in the sentence as clauses of their own; the others follow the kinds. */
const clauses: ReadonlySet<ConditionName> = new Set([
  'hours',
  'velocity',
  'eur',
  'risk',
  'standing',
  'shortfall',
]);

export type ConditionPhrase = { name: ConditionName; text: string };

/** Every condition a rule names beside the kinds, in the order in which they are asked. */
export const conditionPhrases = (when: When): ConditionPhrase[] =>
  conditionNames.flatMap((name) => {
    if (name === 'kind') return [];
    // With an amount in it the asset is said already.
    if (name === 'asset' && when.amountAbove !== undefined) return [];
    const text = describeCondition(name, when);
    return text === null ? [] : [{ name, text }];
  });

/** What a rule is about: "withdrawals from hot vaults above 5 SOL, worth more than 10.00 EUR". */
export function describeWhen(when: When): string {
  const phrases = conditionPhrases(when);
  const near = phrases.filter(({ name }) => !clauses.has(name)).map(({ text }) => text);
  const far = phrases.filter(({ name }) => clauses.has(name)).map(({ text }) => text);
  const kinds = describeCondition('kind', when) ?? '';
  return [[kinds, ...near].join(' '), ...far].join(', ');
}

/** The same as the subject of a sentence, with the comma that closes its last clause. */
export function describeSubject(when: When): string {
  const closes = conditionPhrases(when).some(({ name }) => clauses.has(name));
  return `${capitalised(describeWhen(when))}${closes ? ',' : ''}`;
}
