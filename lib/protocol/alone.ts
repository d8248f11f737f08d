/**
 * The bounds of what one person does alone, at once. Whoever stole one key can do it too, so it never
 * touches the ways in which the others undo it, and never makes that one person indispensable.
 */
import { digestOf, type Intent } from './intent.ts';
import { isStopKind, type IntentKind } from './intent-kinds.ts';
import { findLockout, waysBack } from './lockout.ts';
import { policyTightens } from './policy-change.ts';
import type { Policy } from './policy.ts';
import { withoutKeys, type Roster } from './roster.ts';
import { rosterTightens } from './roster-tightening.ts';

type Rules = { roster: Roster; policy: Policy };

const isWayBack = (kind: IntentKind): boolean => (waysBack as readonly IntentKind[]).includes(kind);

/** How rules, people and freezes are put right again, in one text. */
const waysBackOf = ({ rules, lifetimes, timeLockSeconds = 0 }: Policy): string =>
  digestOf({
    rules: rules.filter(({ when }) => when.kinds.some(isWayBack)),
    lifetimes: waysBack.map((kind) => lifetimes[kind]),
    timeLockSeconds,
  });

/** True when the next policy lets people change rules and people and release freezes just as before. */
const keepsWaysBack = (current: Policy, next: Policy): boolean =>
  waysBackOf(current) === waysBackOf(next);

function withoutPerson(roster: Roster, person: string): Roster {
  const keys = roster.people.find(({ id }) => id === person)?.credentials ?? [];
  return withoutKeys(roster, new Set(keys.map(({ id }) => id)));
}

/**
 * Whether everybody but one person could still change roster and policy after a change, if they could
 * before: else the one who made it could be got rid of by nobody.
 */
export function leavesOthersAble(
  { before, after }: { before: Roster; after: Roster },
  { policy, raiser }: { policy: Policy; raiser: string },
): boolean {
  return (
    findLockout(withoutPerson(after, raiser), policy) === null ||
    findLockout(withoutPerson(before, raiser), policy) !== null
  );
}

/** True for a change that takes something away and gives nobody anything. */
export function tightens(intent: Intent, { roster, policy }: Rules): boolean {
  if (intent.kind === 'roster-change') return rosterTightens(roster, intent.roster);
  return intent.kind === 'policy-change' && policyTightens(policy, intent.policy);
}

/** True for what needs the raise of one person and nobody else: stops, and most of what tightens. */
export function mayGoAlone(
  intent: Intent,
  { roster, policy, party }: Rules & { party: { revokedCredentials: readonly string[] } },
  raiser: string,
): boolean {
  if (isStopKind(intent.kind)) return true;
  if (!tightens(intent, { roster, policy })) return false;
  if (intent.kind === 'policy-change') return keepsWaysBack(policy, intent.policy);
  if (intent.kind !== 'roster-change') return false;
  const before = withoutKeys(roster, new Set(party.revokedCredentials));
  return leavesOthersAble({ before, after: intent.roster }, { policy, raiser });
}
