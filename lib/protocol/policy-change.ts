/** What a new policy may change, as seen from the one in force, and whether it only tightens. */
import { digestOf } from './intent.ts';
import { intentKind } from './intent-kinds.ts';
import { findLockout, isReleaseShut } from './lockout.ts';
import { findPolicyFault } from './policy-faults.ts';
import type { Policy, PolicyRule } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { withoutKeys, type Roster } from './roster.ts';

/** Absent means no such bound, which is the loosest. */
const atMost = (after: string | undefined, before: string | undefined): boolean =>
  before === undefined || (after !== undefined && BigInt(after) <= BigInt(before));
const atLeast = (after: number | undefined, before: number | undefined): boolean =>
  (after ?? 0) >= (before ?? 0);

/** The same question, and an answer that asks for no less. */
function ruleTightens(before: PolicyRule, after: PolicyRule): boolean {
  if (before.id !== after.id || digestOf(before.when) !== digestOf(after.when)) return false;
  const [was, is] = [before.outcome, after.outcome];
  if (is.effect === 'deny') return true;
  if (was.effect === 'deny') return false;
  return (
    atLeast(is.delaySeconds, was.delaySeconds) &&
    (is.secondChannel === true || was.secondChannel !== true) &&
    was.needs.every((need) =>
      is.needs.some(
        ({ group, decision, people }) =>
          group === need.group && decision === need.decision && people >= need.people,
      ),
    )
  );
}

/** New rules may only deny; those that were there stay in their order, each no looser. */
function rulesTighten(before: readonly PolicyRule[], after: readonly PolicyRule[]): boolean {
  const known = new Set(before.map(({ id }) => id));
  const added = after.filter(({ id }) => !known.has(id));
  const kept = after.filter(({ id }) => known.has(id));
  return (
    added.every(({ outcome }) => outcome.effect === 'deny') &&
    kept.length === before.length &&
    before.every((rule, place) => {
      const next = kept[place];
      return next !== undefined && ruleTightens(rule, next);
    })
  );
}

type Bound = { asset: string; amount: string | undefined };

/** With `needed`, an asset without a bound can't leave; otherwise it is unbounded. */
function boundsTighten(
  before: readonly Bound[],
  after: readonly Bound[],
  needed: boolean,
): boolean {
  const of = (list: readonly Bound[], asset: string) => list.find((bound) => bound.asset === asset);
  return needed
    ? after.every((bound) => {
        const was = of(before, bound.asset);
        return was !== undefined && atMost(bound.amount, was.amount);
      })
    : before.every((bound) => atMost(of(after, bound.asset)?.amount, bound.amount));
}

const perOperation = (of: Policy): Bound[] =>
  of.caps.map(({ asset, perOperation: amount }) => ({ asset, amount }));
const perDay = (of: Policy): Bound[] =>
  of.caps.map(({ asset, perDay: amount }) => ({ asset, amount }));
const firstUse = (of: Policy): Bound[] => [...(of.book?.firstUseCaps ?? [])];
const keyCaps = (of: Policy): Bound[] =>
  of.audit ? [] : (of.keyCaps ?? []).map(({ asset, perDay: amount }) => ({ asset, amount }));

function sourcesTighten(before: Policy, after: Policy): boolean {
  return (after.sources ?? []).every((source) =>
    (before.sources ?? []).some(
      ({ name, fact, publicKey, maxAgeSeconds }) =>
        name === source.name &&
        fact === source.fact &&
        publicKey === source.publicKey &&
        source.maxAgeSeconds <= maxAgeSeconds,
    ),
  );
}

/**
 * True when the next policy allows nothing that the current one would not: every rule in its place
 * with the same question and no looser an answer, new rules that only deny, no bound raised, no wait
 * shortened. Careful by design: a change it can't tell is a loosening, and waits.
 */
export function policyTightens(current: Policy, next: Policy): boolean {
  const validity = (of: Policy): string | undefined =>
    of.book?.validitySeconds === undefined ? undefined : String(of.book.validitySeconds);
  return (
    rulesTighten(current.rules, next.rules) &&
    boundsTighten(perOperation(current), perOperation(next), true) &&
    boundsTighten(perDay(current), perDay(next), false) &&
    boundsTighten(firstUse(current), firstUse(next), false) &&
    boundsTighten(keyCaps(current), keyCaps(next), false) &&
    atMost(validity(next), validity(current)) &&
    atLeast(next.timeLockSeconds, current.timeLockSeconds) &&
    atLeast(next.book?.coolDownSeconds, current.book?.coolDownSeconds) &&
    intentKind.options.every((kind) => next.lifetimes[kind] <= current.lifetimes[kind]) &&
    sourcesTighten(current, next)
  );
}

type InForce = {
  policy: Policy;
  roster: Roster;
  party: { revokedCredentials: readonly string[] };
};

/**
 * Checks a proposed policy against the one in force: next in the chain, sound in itself, and such
 * that it can still be changed by people of the roster, and a freeze released.
 */
export function findPolicyChangeRefusal(
  { policy: current, roster, party }: InForce,
  next: Policy,
): PartyRefusal | null {
  if (next.organisation !== current.organisation) return 'wrong-organisation';
  if (next.environment !== current.environment) return 'wrong-environment';
  if (next.version !== current.version + 1 || next.previous !== digestOf(current))
    return 'policy-version-chain';
  const fault = findPolicyFault(next);
  if (fault) return `policy-${fault}`;
  // Keys that somebody revoked since count for nothing.
  const people = withoutKeys(roster, new Set(party.revokedCredentials));
  if (findLockout(people, next)) return 'policy-locks-out';
  return isReleaseShut(next) ? 'policy-shuts-release' : null;
}
