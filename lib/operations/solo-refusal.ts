import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { findSoloPath } from '#lib/protocol/segregation.ts';

/**
 * A refusal that shows how one person could complete an operation alone under a roster and a policy;
 * null when nobody could. It takes up to seconds for hundreds of people, so never inside a transaction.
 * @param nameOf name of a person, for the sentence.
 */
export function findSoloRefusal(
  roster: Roster,
  policy: Policy,
  nameOf: (person: string) => string,
): Refused<'solo-path'> | null {
  const found = findSoloPath(roster, policy);
  if (!found) return null;
  const what = found.operation.replaceAll('-', ' ');
  return refuse(
    'solo-path',
    `With this, ${nameOf(found.person)} alone could complete a ${what}: ${found.steps.join(' ')}`,
  );
}
