/**
 * Two changes that exclude each other and need no wait can reach two parties in the same moment; one
 * person is enough for that where they only tighten. The party that took another one than most would
 * stand apart for good. So the last version of roster or policy gives way to the one in its place that
 * more than half of all parties with a network adopted, by their signed word, and that this party finds
 * complete under the version before both. What was replaced counts as never adopted.
 */
import { digestOf, intentDigest, type Adoptable } from '#lib/protocol/intent.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';
import { note, type Party } from './party.ts';
import { peersInForce } from './peer-entries.ts';
import { forgetDecree } from './store/decrees.ts';
import { headAt, takeLast, type Trust } from './store/trust.ts';

type Change = Extract<Adoptable, { kind: 'roster-change' | 'policy-change' }>;

/** More than half: so no two versions can both be what most adopted. */
function isOfMost(party: Party, receipts: readonly AdoptionReceipt[]): boolean {
  const peers = peersInForce(party).map(({ name }) => name);
  const said = new Set(receipts.map(({ receipt }) => receipt.party));
  return peers.filter((name) => said.has(name)).length * 2 > peers.length + 1;
}

/** What was in force before the last version, where a change would stand in that one's place; or null. */
function trustBefore(party: Party, trust: Trust, of: Change): Trust | null {
  const { database } = party;
  if (of.kind === 'roster-change') {
    const roster = trust.rosters.at(-2);
    const head = roster && headAt(database, 'roster', roster.version);
    if (!roster || !head || of.roster.version !== trust.roster.version) return null;
    const rosterDigest = digestOf(roster);
    if (of.roster.previous !== rosterDigest) return null;
    const rosters = trust.rosters.slice(0, -1);
    return { ...trust, roster, rosterDigest, rosterHead: head, rosters };
  }
  const policy = trust.policies.at(-2);
  const head = policy && headAt(database, 'policy', policy.version);
  if (!policy || !head || of.policy.version !== trust.policy.version) return null;
  const policyDigest = digestOf(policy);
  if (of.policy.previous !== policyDigest) return null;
  const policies = trust.policies.slice(0, -1);
  return { ...trust, policy, policyDigest, policyHead: head, policies };
}

/**
 * @param receipts verified, about exactly this change.
 * @returns the trust under which the change is decided, or null where it replaces nothing.
 */
export const findReplaced = (
  party: Party,
  trust: Trust,
  of: Adoptable,
  receipts: readonly AdoptionReceipt[],
): Trust | null =>
  (of.kind === 'roster-change' || of.kind === 'policy-change') &&
  !party.peers.givenUp.has(intentDigest(of)) &&
  isOfMost(party, receipts)
    ? trustBefore(party, trust, of)
    : null;

/**
 * Takes the last version out of the log while the change that stands in its place is applied, and the
 * decree that made it after that: numbers of decrees must not be given out again. Joins the caller's
 * commit, before which the mark was lowered (`lowerTrustMark`).
 * @param apply appends the change.
 */
export function replaceLast(party: Party, of: Adoptable, apply: () => void): void {
  const { database } = party;
  const kind = of.kind === 'roster-change' ? 'roster' : 'policy';
  const last = takeLast(database, kind);
  apply();
  forgetDecree(database, { kind: of.kind, ...last });
  party.peers.givenUp.add(last.intentDigest);
  const { operation, intentDigest: digest } = last;
  note(party, { event: 'refused', operation, digest, refusal: 'version-does-not-follow' });
}
