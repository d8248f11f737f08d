/** What a policy answers to one operation, told rule by rule. Pure. */
import {
  evaluatePolicy,
  findCapBreach,
  type Policy,
  type PolicyOutcome,
} from '#lib/protocol/policy.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import { describeCondition } from '../describe-conditions.ts';
import { describeExtras, describeNeed } from '../describe-policy.ts';
import { capitalised } from '../policy-words.ts';
import { factText } from './fact-words.ts';

export type TraceLine = {
  /** Place of the rule, from 1. */
  place: number;
  name: string;
  /** `decides` stands in the last line only, and so does `unanswered`. */
  what: 'decides' | 'passes' | 'unanswered';
  /** The first condition that does not hold, or that can't be answered; null where all hold. */
  condition: string | null;
  /** What that condition looks at, as it is here. */
  fact: string | null;
};

export type Answer = {
  outcome: PolicyOutcome;
  /** "Rule 3, “Withdrawals”", or what decided in the place of a rule. */
  decider: string;
  /** What it asks for, or why it refuses: one line each. */
  lines: string[];
  trace: TraceLine[];
  /** Rules behind the deciding one, which nobody asked. */
  notAsked: number;
};

function deciderOf(policy: Policy, facts: PolicyFacts, rule: string | null, missing: boolean) {
  if (rule !== null) {
    const place = policy.rules.findIndex(({ id }) => id === rule);
    return `Rule ${place + 1}, “${policy.rules[place]?.name ?? rule}”`;
  }
  if (missing) return 'A fact that is missing or too old';
  return findCapBreach(policy, facts) === null ? 'No rule' : 'A cap';
}

export function answerOf(policy: Policy, facts: PolicyFacts): Answer {
  const { outcome, rule, trace, missing } = evaluatePolicy(policy, facts);
  const lines = trace.flatMap(({ matched, unmet }, index): TraceLine[] => {
    const asked = policy.rules[index];
    if (!asked) return [];
    const isLast = index === trace.length - 1;
    const line = { place: index + 1, name: asked.name };
    if (matched || unmet === null)
      return [{ ...line, what: 'decides', condition: null, fact: null }];
    return [
      {
        ...line,
        what: isLast && missing !== null ? 'unanswered' : 'passes',
        condition: describeCondition(unmet, asked.when),
        fact: factText(unmet, asked.when, facts),
      },
    ];
  });
  const asks =
    outcome.effect === 'deny'
      ? [`${capitalised(outcome.reason)}.`]
      : [
          ...outcome.needs.map((need) => `${capitalised(describeNeed(need))}.`),
          ...describeExtras(outcome),
        ];
  return {
    outcome,
    decider: deciderOf(policy, facts, rule, missing !== null),
    lines: asks,
    trace: lines,
    notAsked: policy.rules.length - lines.length,
  };
}
