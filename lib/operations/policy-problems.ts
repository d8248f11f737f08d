/**
 * Everything that makes a policy unsound, each in the place where it can be put right and with a
 * sentence that says how. `lib/protocol/policy-faults.ts` stops at the first and names no place; the
 * two agree on whether there is any, which a test checks.
 */
import { isStopKind, type IntentKind } from '#lib/protocol/intent-kinds.ts';
import { shortestLifetime } from '#lib/protocol/lifetimes.ts';
import {
  findPolicyFault,
  requirementFloor,
  timeLocked,
  type PolicyFault,
} from '#lib/protocol/policy-faults.ts';
import type { Policy, PolicyRule, Requirement } from '#lib/protocol/policy.ts';
import { countWord } from './count-word.ts';
import { describeNeed } from './describe-policy.ts';
import { capitalised, inWords, kindPlurals, spanText } from './policy-words.ts';

export type ProblemField =
  | 'id'
  | 'kind'
  | 'amount'
  | 'velocity'
  | 'shortfall'
  | 'hours'
  | 'needs'
  | 'delay'
  | 'caps'
  | 'keyCaps'
  | 'firstUseCaps'
  | 'sources'
  | 'timeLock'
  | 'ownVaults'
  | 'policy';

export type PolicyProblem = {
  /** Id of the rule it is in; null for what stands beside the rules. */
  rule: string | null;
  field: ProblemField;
  sentence: string;
};

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, place) => values.indexOf(value) !== place)),
];

const peopleOf = ({ outcome }: PolicyRule): number =>
  outcome.effect === 'deny' ? 0 : outcome.needs.reduce((sum, { people }) => sum + people, 0);

const kindsText = (kinds: readonly IntentKind[]): string =>
  inWords(kinds.map((kind) => kindPlurals[kind]));

/** What the kinds of a rule need at least and the rule does not ask for. */
function missingNeeds({ when, outcome }: PolicyRule): Requirement[] {
  if (outcome.effect === 'deny') return [];
  const missing = new Map<string, Requirement>();
  for (const floor of when.kinds.flatMap((kind) => requirementFloor[kind])) {
    const isThere = outcome.needs.some(
      ({ group, decision, people }) =>
        group === floor.group && decision === floor.decision && people >= floor.people,
    );
    const name = `${floor.group} ${floor.decision}`;
    if (!isThere && floor.people > (missing.get(name)?.people ?? 0)) missing.set(name, floor);
  }
  return [...missing.values()];
}

function* needProblems(rule: PolicyRule, forRelease: number): Generator<string> {
  const { when, outcome } = rule;
  if (outcome.effect === 'deny') return;
  const twice = repeated(outcome.needs.map(({ group, decision }) => `${group} ${decision}`));
  if (twice.length > 0)
    yield 'The same group is asked twice for the same. Put it into one line with more people: one person would meet both lines.';
  const missing = missingNeeds(rule);
  if (missing.length > 0)
    yield `${capitalised(kindsText(when.kinds))} need at least ${inWords(missing.map(describeNeed))}. Ask for that here as well.`;
  else if (when.kinds.includes('release') && peopleOf(rule) < forRelease)
    yield `A release of a freeze needs one person more than any withdrawal: ${countWord(forRelease)} in all. This rule asks for ${countWord(peopleOf(rule))}.`;
}

/** How long a rule, or the time-lock alone, has parties wait for a kind. */
function waitFor(kind: IntentKind, rule: PolicyRule | null, { timeLockSeconds = 0 }: Policy) {
  const delay = rule?.outcome.effect === 'allow' ? (rule.outcome.delaySeconds ?? 0) : 0;
  return Math.max(delay, timeLocked.includes(kind) ? timeLockSeconds : 0);
}

/** Statements must still count when the wait is over. */
function* waitProblems(policy: Policy, rule: PolicyRule | null): Generator<string> {
  for (const kind of rule ? rule.when.kinds : timeLocked) {
    const wait = waitFor(kind, rule, policy);
    const lifetime = shortestLifetime(policy, kind, rule?.when.tiers);
    // What the time-lock alone makes too long is said once, at the time-lock.
    if (wait < lifetime || (rule !== null && wait === waitFor(kind, null, policy))) continue;
    yield `Statements about ${kindPlurals[kind]} count for ${spanText(lifetime)}, so they would be over before the wait of ${spanText(wait)} is. Shorten the wait, or let the statements count longer.`;
  }
}

function* ruleProblems(policy: Policy, rule: PolicyRule, forRelease: number) {
  const at = (field: ProblemField, sentence: string): PolicyProblem => ({
    rule: rule.id,
    field,
    sentence,
  });
  const { when } = rule;
  const stops = when.kinds.filter(isStopKind);
  if (stops.length > 0)
    yield at(
      'kind',
      `${capitalised(kindsText(stops))} need one person and no rule. Take them out of this one.`,
    );
  if (when.assets?.length !== 1)
    for (const [field, value] of [
      ['amount', when.amountAbove],
      ['velocity', when.velocity],
      ['shortfall', when.shortfallAbove],
    ] as const)
      if (value !== undefined)
        yield at(field, 'Choose exactly one asset: amounts of several can’t be compared.');
  if (when.hours && when.hours.from === when.hours.to)
    yield at('hours', 'Both times are the same. For whole days, write 00:00 to 23:59.');
  for (const sentence of needProblems(rule, forRelease)) yield at('needs', sentence);
  for (const sentence of waitProblems(policy, rule)) yield at('delay', sentence);
}

function* besideProblems(policy: Policy): Generator<PolicyProblem> {
  const at = (field: ProblemField, sentence: string): PolicyProblem => ({
    rule: null,
    field,
    sentence,
  });
  const lists = [
    ['caps', policy.caps],
    ['keyCaps', policy.keyCaps ?? []],
    ['firstUseCaps', policy.book?.firstUseCaps ?? []],
  ] as const;
  for (const [field, list] of lists)
    for (const asset of repeated(list.map((cap) => cap.asset)))
      yield at(field, `${asset} stands here twice, and only the first would count. Keep one.`);
  const sources = policy.sources ?? [];
  for (const name of repeated(sources.map((source) => source.name)))
    yield at('sources', `There are two sources with the name ${name}. Rename one.`);
  if (repeated(sources.map(({ publicKey }) => publicKey)).length > 0)
    yield at('sources', 'Two sources have the same key, so nobody could tell them apart.');
  const { ownVaults = [] } = policy;
  for (const vault of repeated(ownVaults.map((named) => named.vault)))
    yield at('ownVaults', `Vault ${vault} is named twice. Take one out.`);
  for (const address of repeated(ownVaults.map((named) => `${named.chain} ${named.address}`)))
    yield at('ownVaults', `Two vaults are named with the address ${address}. Take one out.`);
  for (const sentence of waitProblems(policy, null)) yield at('timeLock', sentence);
  for (const id of repeated(policy.rules.map((rule) => rule.id)))
    yield { rule: id, field: 'id', sentence: `There are two rules with the id ${id}.` };
}

const unplaced: Partial<Record<PolicyFault, string>> = {
  'version-chain':
    'The version does not follow the one before it. Begin a new draft over the policy in force.',
};

/** @returns an empty list exactly for a sound policy. */
export function findPolicyProblems(policy: Policy): PolicyProblem[] {
  const withdrawals = policy.rules.filter(({ when }) => when.kinds.includes('withdrawal'));
  const forRelease = Math.max(0, ...withdrawals.map(peopleOf)) + 1;
  const found = [
    ...besideProblems(policy),
    ...policy.rules.flatMap((rule) => [...ruleProblems(policy, rule, forRelease)]),
  ];
  const fault = findPolicyFault(policy);
  if (fault === null || found.length > 0) return found;
  const sentence = unplaced[fault];
  if (sentence === undefined) throw new Error(`A policy fault has no place: ${fault}`);
  return [{ rule: null, field: 'policy', sentence }];
}
