/** What a person reads where a freeze is in the way: what stands still, by which, and who ends that. Pure. */
import type { Policy } from '#lib/protocol/policy.ts';
import { sentenceOf, type PartyRefusal } from '#lib/protocol/refusals.ts';
import { describeNeed } from './describe-policy.ts';
import { inWords } from './policy-words.ts';
import { releaseNeeds } from './release-needs.ts';

/**
 * @param freeze.number of the operation that froze.
 * @param policy in force; null before the genesis.
 */
export function frozenSentence(
  refusal: PartyRefusal,
  freeze: { number: string },
  policy: Pick<Policy, 'rules'> | null,
): string {
  const needs = (policy && releaseNeeds(policy)) ?? [];
  const asks =
    needs.length === 0
      ? ''
      : ` Policy asks for ${inWords(needs.map(describeNeed))}, beside who raises it.`;
  return `${sentenceOf(refusal)} It is ${freeze.number}.${asks}`;
}
