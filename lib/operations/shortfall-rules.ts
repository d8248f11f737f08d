/** What a policy says about withdrawals while coins are missing. Pure. */
import type { Policy, PolicyRule, PolicyTrace } from '#lib/protocol/policy.ts';
import { describeRule } from './describe-policy.ts';

const looks = ({ when }: PolicyRule): boolean =>
  when.shortfallAbove !== undefined && when.kinds.includes('withdrawal');

/** Its rules about shortfalls of an asset, each as a sentence, in their order. */
export const shortfallRules = ({ rules }: Policy, asset: string): string[] =>
  rules.filter((rule) => looks(rule) && rule.when.assets?.[0] === asset).map(describeRule);

/**
 * True where the policy asked what is missing on its way to the rule that decides: a rule about it decided,
 * or would have with more missing. A rule that anything else keeps from fitting, or that comes after the
 * deciding one, was asked nothing.
 */
export function heedsShortfall({ rules }: Policy, trace: readonly PolicyTrace[]): boolean {
  return trace.some(({ rule: id, matched, unmet }) => {
    const rule = rules.find((entry) => entry.id === id);
    return rule !== undefined && looks(rule) && (matched || unmet === 'shortfall');
  });
}
