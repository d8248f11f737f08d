/** Whether one person alone could complete an operation under a roster and a policy. */
import type { IntentKind } from './intent-kinds.ts';
import type { Policy } from './policy.ts';
import type { Roster } from './roster.ts';
import { naturalPeople } from './segregation/natural-people.ts';
import { findSoloOperation, startSearch } from './segregation/solo-operation.ts';
import { findSoloRecovery } from './segregation/solo-recovery.ts';
import { tellOperation, tellRecovery } from './segregation/tell.ts';

export type SoloPath = {
  /** The first id of the roster under which the person stands. */
  person: string;
  /** `key-recovery` is the rebuilding of a key from its backups, which no party is asked about. */
  operation: IntentKind | 'key-recovery';
  /** What the person does, one sentence each, in order. */
  steps: string[];
};

/**
 * Proves that no natural person alone completes any operation, or shows how one does. Made for
 * drafts of roster and policy, before they are raised: whatever has the right shape may be given,
 * sound or not.
 *
 * - **A natural person** is everybody whom the roster shows to be one: ids that share a key, by its
 *   id or its material. That person states as each of those ids whose key counts.
 * - **Completed** means that the decision's own counting (`countSaid` in `counting.ts`) is content
 *   with what the person can state: a raiser who is entitled and apart, each id once, groups with
 *   the delegations in force, and the needs of the deciding rule, never below the floor. The
 *   decision refuses most of these rosters anyway, because it finds them unsound; that is reported
 *   apart, and here not relied on.
 * - **Any operation**: every kind but stops, under every rule that can decide for some facts. What one
 *   person may do alone by design (stops, changes that only tighten) is no path.
 * - **At any time**: the draft has no clock. So every instant counts at which some delegations have
 *   ended and others not; and whoever may act at one hour of the week may act at any.
 * - **Backups** count as an operation that needs no party: parts enough to open the shares of two
 *   parties, the least that a key is made of. Delegations move no part.
 *
 * Null is given exactly when trying everything over the decision's counting finds nothing, but for
 * drafts made to take years: there it takes the careful side and says so. The reasons are in
 * `docs/decisions/0009-segregation-analyser.md`.
 */
export function findSoloPath(roster: Roster, policy: Policy): SoloPath | null {
  const search = startSearch(roster, policy);
  for (const person of naturalPeople(roster)) {
    const [first = ''] = person.ids;
    const found = findSoloOperation(person, search);
    if (found) return { person: first, operation: found.kind, steps: tellOperation(found, roster) };
    const opened = findSoloRecovery(person, roster);
    if (opened)
      return { person: first, operation: 'key-recovery', steps: tellRecovery(person, opened) };
  }
  return null;
}
