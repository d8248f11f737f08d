/**
 * Replaces a version of roster or policy by a rival: a change that stands in its place under the version
 * before both, which people stated as fully. Two parties may take one each in the same moment, and a
 * third, in hostile hands, may tell each of them that it is with it. When one gives way is the rule in
 * `give-way.ts`; which one a party takes follows from the two changes alone, whatever anybody says.
 *
 * The rival is decided here in full, under what was in force before both, with every freeze, revocation
 * and "no" that this party knows; those are no versions and are never taken back. What was replaced, and
 * what was built on it, counts as never adopted and has to be stated again.
 */
import { policyTightens } from '#lib/protocol/policy-change.ts';
import { rosterTightens } from '#lib/protocol/roster-tightening.ts';
import { digestOf, intentDigest, type Adoptable } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';
import type { SignedHeads } from '../wire/peer-heads.ts';
import { isColdIn } from './cold-lifetime.ts';
import {
  givesWay,
  givesWayUnheard,
  isForGood,
  rankOf,
  type Place,
  type Rival,
} from './give-way.ts';
import { note, type Party } from './party.ts';
import { peersInForce } from './peer-entries.ts';
import { forgetDecree } from './store/decrees.ts';
import { forgetShared, forgetWords, keepShared, sharedSince } from './store/shared-versions.ts';
import { changeAt, headAt, takeFrom, versionOf, type LogKind, type Trust } from './store/trust.ts';

type Change = Extract<Adoptable, { kind: 'roster-change' | 'policy-change' }>;

const isChange = (of: Pick<Adoptable, 'kind'>): of is Change =>
  of.kind === 'roster-change' || of.kind === 'policy-change';
const logOf = (kind: Change['kind']): LogKind => (kind === 'roster-change' ? 'roster' : 'policy');
const documentOf = (of: Change): Roster | Policy =>
  of.kind === 'roster-change' ? of.roster : of.policy;

/** What was in force before the version in whose place a change would stand; null where it has none. */
function trustBefore(party: Party, trust: Trust, of: Change): Trust | null {
  const log = logOf(of.kind);
  const { version, previous } = documentOf(of);
  const held = log === 'roster' ? trust.roster.version : trust.policy.version;
  const head = version <= held ? headAt(party.database, log, version - 1) : null;
  if (head === null) return null;
  if (log === 'roster') {
    const rosters = trust.rosters.slice(0, version - 1);
    const roster = rosters.at(-1);
    if (!roster || digestOf(roster) !== previous) return null;
    return { ...trust, roster, rosterDigest: previous, rosterHead: head, rosters };
  }
  const policies = trust.policies.slice(0, version - 1);
  const policy = policies.at(-1);
  if (!policy || digestOf(policy) !== previous) return null;
  return { ...trust, policy, policyDigest: previous, policyHead: head, policies };
}

/** Ranks what is held in a place and its rival, each against the version before both. */
function ranksOf(before: Trust, trust: Trust, of: Change, heldDigest: string): [string, string] {
  const tightening = ({
    roster,
    policy,
  }: {
    roster?: Roster | undefined;
    policy?: Policy | undefined;
  }) =>
    (roster !== undefined && rosterTightens(before.roster, roster)) ||
    (policy !== undefined && policyTightens(before.policy, policy));
  const place = documentOf(of).version - 1;
  const held =
    of.kind === 'roster-change'
      ? { roster: trust.rosters[place] }
      : { policy: trust.policies[place] };
  return [
    rankOf({ tightens: tightening(of), intentDigest: intentDigest(of) }),
    rankOf({ tightens: tightening(held), intentDigest: heldDigest }),
  ];
}

const placeOf = (party: Party, log: LogKind, version: number): Place => ({
  sharedSince: sharedSince(party.database, party.kek, log, version),
  others: peersInForce(party).length,
  now: party.now().getTime(),
});

/** Parties of a roster change stay the same, so those in force are those before it, too. */
function countWords(party: Party, receipts: readonly AdoptionReceipt[]) {
  const online = new Set(peersInForce(party).map(({ name }) => name));
  const heard = receipts.filter(({ receipt }) => online.has(receipt.party));
  const names = (of: readonly AdoptionReceipt[]) => new Set(of.map(({ receipt }) => receipt.party));
  return {
    words: names(heard).size,
    wordsForGood: names(heard.filter(({ receipt }) => receipt.forGood === true)).size,
  };
}

/**
 * @param receipts verified, about exactly this change.
 * @returns the trust under which the change is decided, or null where it replaces nothing.
 */
export function findReplaced(
  party: Party,
  trust: Trust,
  of: Adoptable,
  receipts: readonly AdoptionReceipt[],
): Trust | null {
  if (!isChange(of)) return null;
  const log = logOf(of.kind);
  const { version } = documentOf(of);
  const before = trustBefore(party, trust, of);
  const held = changeAt(party.database, log, version);
  if (!before || held === null) return null;
  const [rank, heldRank] = ranksOf(before, trust, of, held);
  const rival: Rival = { rank, heldRank, ...countWords(party, receipts) };
  const place = placeOf(party, log, version);
  const doesGiveWay = isColdIn(trust.roster, party.config.name)
    ? givesWayUnheard(rival, place.others)
    : givesWay(place, rival);
  return doesGiveWay ? before : null;
}

/**
 * Takes a version and what was built on it out of the log while the change that stands in its place is
 * applied, and their decrees after that: numbers of decrees must not be given out again. Joins the
 * caller's commit, before which the mark was lowered (`lowerTrustMark`).
 * @param apply appends the change.
 */
export function replaceFrom(party: Party, of: Adoptable, apply: () => void): void {
  if (!isChange(of)) throw new Error('Only versions of roster and policy are replaced.');
  const { database } = party;
  const log = logOf(of.kind);
  const { version } = documentOf(of);
  const taken = takeFrom(database, log, version);
  apply();
  const emptied = taken.map((each) => each.version).filter((each) => each > version);
  forgetShared(database, log, emptied);
  for (const { operation, intentDigest: digest } of taken) {
    forgetDecree(database, { kind: of.kind, operation, intentDigest: digest });
    forgetWords(database, digest);
    note(party, { event: 'refused', operation, digest, refusal: 'version-does-not-follow' });
  }
}

/** Whether a change that this party adopted gives way to no rival any more. */
export function holdsForGood(
  party: Party,
  of: Pick<AdoptionReceipt['receipt'], 'kind' | 'intentDigest'>,
): boolean {
  const { kind, intentDigest: digest } = of;
  if ((kind !== 'roster-change' && kind !== 'policy-change') || !party.trust) return false;
  // A party without a network hears nobody, so its word holds nobody else.
  if (isColdIn(party.trust.roster, party.config.name)) return false;
  const log = logOf(kind);
  const version = versionOf(party.database, log, digest);
  return version !== null && isForGood(placeOf(party, log, version));
}

/** Keeps since when a peer holds the same. @param signed answers this party's own question. */
export function noteShared(party: Party, { heads }: SignedHeads): void {
  const { database, kek } = party;
  for (const log of ['roster', 'policy'] as const) {
    const { version, head } = heads[log];
    if (version === 1 || headAt(database, log, version) !== head) continue;
    if (sharedSince(database, kek, log, version) === null)
      database.commit(() => keepShared(database, kek, log, { version, at: party.now() }));
  }
}
