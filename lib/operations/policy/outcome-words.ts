/** The answer of a policy in words, and whether two answers come to the same. Pure. */
import type { PolicyOutcome, Requirement } from '#lib/protocol/policy.ts';
import { describeNeed } from '../describe-policy.ts';
import { inWords, spanText } from '../policy-words.ts';

/** One line: "one approver of Control and one co-signer of Custody, then a wait of 1 day". */
export function outcomeText(outcome: PolicyOutcome): string {
  if (outcome.effect === 'deny') return `refused: ${outcome.reason}`;
  const { needs, delaySeconds, secondChannel } = outcome;
  return [
    inWords(needs.map(describeNeed)),
    ...(delaySeconds === undefined ? [] : [`then a wait of ${spanText(delaySeconds)}`]),
    ...(secondChannel === true ? ['with the code of the second channel'] : []),
  ].join(', ');
}

const needsKey = (needs: readonly Requirement[]): string =>
  needs
    .map(({ group, decision, people }) => `${group} ${decision} ${people}`)
    .sort()
    .join(', ');

/** How the second answer differs from the first; null when it asks for the same. */
export type Shift = 'refused' | 'allowed' | 'otherwise';

export function shiftOf(before: PolicyOutcome, after: PolicyOutcome): Shift | null {
  if (before.effect === 'deny') return after.effect === 'deny' ? null : 'allowed';
  if (after.effect === 'deny') return 'refused';
  const isSame =
    needsKey(before.needs) === needsKey(after.needs) &&
    before.delaySeconds === after.delaySeconds &&
    before.secondChannel === after.secondChannel;
  return isSame ? null : 'otherwise';
}
