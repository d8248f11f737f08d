/** What a new policy may change, as seen from the one in force, and whether it only tightens. */
import { digestOf } from './intent.ts';
import { timedKind } from './intent-kinds.ts';
import { lifetimeOf } from './lifetimes.ts';
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
    ) &&
    // A party takes part where its group is needed: with another group, one more of them would sign.
    is.needs.every(({ group }) => was.needs.some((need) => need.group === group))
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

type Bounds = readonly { asset: string; amount: string | undefined }[];

/** Of an asset that has a cap in the next policy; any other can't leave under it. */
const boundsOf = ({ caps, book, keyCaps = [] }: Policy): Bounds[] => [
  caps.map(({ asset, perOperation: amount }) => ({ asset, amount })),
  caps.map(({ asset, perDay: amount }) => ({ asset, amount })),
  book?.firstUseCaps ?? [],
  keyCaps.map(({ asset, perDay: amount }) => ({ asset, amount })),
];

/** No asset can leave that could not, and what can has every bound it had, none higher. */
function boundsTighten(current: Policy, next: Policy): boolean {
  const could = new Set(current.caps.map(({ asset }) => asset));
  const can = next.caps.map(({ asset }) => asset);
  const amountIn = (list: Bounds | undefined, asset: string): string | undefined =>
    list?.find((bound) => bound.asset === asset)?.amount;
  const after = boundsOf(next);
  return can.every(
    (asset) =>
      could.has(asset) &&
      boundsOf(current).every((list, place) =>
        atMost(amountIn(after[place], asset), amountIn(list, asset)),
      ),
  );
}

/**
 * A fact becomes harder to know or is not known at all. Every source of a fact has to speak, so one
 * that counts for less long tightens. One more could say what makes a looser rule fit, and one less
 * may be the most careful.
 */
function sourcesTighten(current: Policy, next: Policy): boolean {
  const [before, after] = [current.sources ?? [], next.sources ?? []];
  const facts = new Set(after.map(({ fact }) => fact));
  return [...facts].every((fact) => {
    const was = before.filter((source) => source.fact === fact);
    return (
      was.length === after.filter((source) => source.fact === fact).length &&
      was.every(({ name, publicKey, maxAgeSeconds }) =>
        after.some(
          (source) =>
            source.fact === fact &&
            source.name === name &&
            source.publicKey === publicKey &&
            source.maxAgeSeconds <= maxAgeSeconds,
        ),
      )
    );
  });
}

/** That an audit is on record lifts the caps of keys, whether or not there are any now. */
const auditTightens = (current: Policy, next: Policy): boolean =>
  next.audit === undefined ||
  (current.audit !== undefined && digestOf(current.audit) === digestOf(next.audit));

const coldWithdrawal = { kind: 'withdrawal', tier: 'cold' } as const;

/** A vault that is not named any more gets nothing from those who do not hold it. */
const vaultsTighten = (current: Policy, next: Policy): boolean =>
  (next.ownVaults ?? []).every((named) =>
    (current.ownVaults ?? []).some(
      ({ vault, chain, address }) =>
        vault === named.vault && chain === named.chain && address === named.address,
    ),
  );

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
    boundsTighten(current, next) &&
    auditTightens(current, next) &&
    atMost(validity(next), validity(current)) &&
    atLeast(next.timeLockSeconds, current.timeLockSeconds) &&
    atLeast(next.book?.coolDownSeconds, current.book?.coolDownSeconds) &&
    timedKind.options.every((kind) => next.lifetimes[kind] <= current.lifetimes[kind]) &&
    lifetimeOf(next, coldWithdrawal) <= lifetimeOf(current, coldWithdrawal) &&
    sourcesTighten(current, next) &&
    vaultsTighten(current, next)
  );
}

type InForce = {
  policy: Policy;
  roster: Roster;
  party: {
    revokedCredentials: readonly string[];
    /** Vaults whose address this party derives itself; absent where nobody holds a share. */
    vaults?: readonly { id: string; chain: string; address: string }[];
  };
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
  const misnamed = (next.ownVaults ?? []).some(({ vault, chain, address }) =>
    (party.vaults ?? []).some(
      (own) => own.id === vault && (own.chain !== chain || own.address !== address),
    ),
  );
  if (misnamed) return 'policy-own-vault-differs';
  // Keys that somebody revoked since count for nothing.
  const people = withoutKeys(roster, new Set(party.revokedCredentials));
  if (findLockout(people, next)) return 'policy-locks-out';
  return isReleaseShut(next) ? 'policy-shuts-release' : null;
}
