/** Who must state the release of a freeze, beside whoever raises it. Pure. */
import type { Policy, Requirement } from '#lib/protocol/policy.ts';

/**
 * By the first rule that is about releases; who raises one is told exactly, before they sign.
 * @returns null where no rule lets anything be released.
 */
export function releaseNeeds({ rules }: Pick<Policy, 'rules'>): Requirement[] | null {
  const rule = rules.find(({ when }) => when.kinds.includes('release'));
  return rule?.outcome.effect === 'allow' ? rule.outcome.needs : null;
}
