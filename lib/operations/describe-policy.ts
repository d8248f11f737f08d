/** Policy in plain words, for people who compare, change and sign it. Pure. */
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy, PolicyOutcome, PolicyRule, Requirement } from '#lib/protocol/policy.ts';
import { countWord } from './count-word.ts';
import { describeSubject } from './describe-conditions.ts';
import { amountText, inWords, kindPlurals, spanText } from './policy-words.ts';
import { groupName } from './group-names.ts';

/** "two approvers of Control" */
export function describeNeed({ group, decision, people }: Requirement): string {
  const noun = decision === 'approve' ? 'approver' : 'co-signer';
  return `${countWord(people)} ${noun}${people === 1 ? '' : 's'} of ${groupName(group)}`;
}

/** What a rule asks for beside people: its wait, and the code of the second channel. */
export function describeExtras(outcome: PolicyOutcome): string[] {
  if (outcome.effect === 'deny') return [];
  const { delaySeconds, secondChannel } = outcome;
  return [
    ...(delaySeconds === undefined
      ? []
      : [`Each party then waits ${spanText(delaySeconds)}; anyone entitled may say no meanwhile.`]),
    ...(secondChannel === true
      ? ['Each person types the code that the party of their group shows them.']
      : []),
  ];
}

/** A rule in words: what it is about and what it asks for. */
export function describeRule(rule: PolicyRule): string {
  const { outcome } = rule;
  const about = describeSubject(rule.when);
  if (outcome.effect === 'deny') return `${about} are refused: ${outcome.reason}.`;
  const needs = `${about} need ${inWords(outcome.needs.map(describeNeed))}.`;
  return [needs, ...describeExtras(outcome)].join(' ');
}

/** One sentence for each cap. */
export function describeCaps(caps: Policy['caps']): string[] {
  if (caps.length === 0) return ['No asset has a cap, so nothing can leave.'];
  return caps.map(({ asset, perOperation, perDay }) => {
    const day =
      perDay === undefined ? '' : `, and at most ${amountText(perDay, asset)} in any 24 hours`;
    return `At most ${amountText(perOperation, asset)} leave in one withdrawal${day}.`;
  });
}

/** How long a signed statement counts, a sentence for each kind. */
export function describeLifetimes({ lifetimes, coldWithdrawalSeconds: cold }: Policy): string[] {
  const sentence = (about: string, seconds: number) =>
    `Statements about ${about} count for ${spanText(seconds)}.`;
  return [
    ...Object.entries(lifetimes).map(([kind, seconds]) =>
      sentence(kindPlurals[kind as IntentKind], seconds),
    ),
    ...(cold === undefined ? [] : [sentence('withdrawals from cold vaults', cold)]),
  ];
}
