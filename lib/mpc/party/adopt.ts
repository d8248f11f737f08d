/** Adopts what people decided about the parties' own records: people, rules, destinations, stops. */
import { decide } from '#lib/protocol/decide.ts';
import { isStopKind } from '#lib/protocol/intent-kinds.ts';
import {
  intent as intentSchema,
  intentDigest,
  isAdoptable,
  type Adoptable,
} from '#lib/protocol/intent.ts';
import { isColdIn } from '#lib/protocol/roster.ts';
import type { Refusal } from '../refusals.ts';
import { signReceipt, verifyReceipt, type AdoptionReceipt } from '../wire/receipt.ts';
import { applyDecree } from './apply-decree.ts';
import { decisionInput } from './decision-input.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import { lowerTrustMark, raiseMarks } from './marks.ts';
import {
  answer,
  membersInForce,
  note,
  noteRefusal,
  refuse,
  reloadTrust,
  type Answer,
  type Party,
} from './party.ts';
import { findReplaced, replaceLast } from './replace-version.ts';
import { hasRival } from './rival-change.ts';
import { decreedAt } from './store/decrees.ts';
import type { Trust } from './store/trust.ts';
import { waitsOf } from './store/waits.ts';

/** @returns null for an intent that has no form; the decision names what is wrong with it. */
function readAdoptable(candidate: unknown): Adoptable | 'other-kind' | null {
  const parsed = intentSchema.safeParse(candidate);
  if (!parsed.success) return null;
  return isAdoptable(parsed.data) ? parsed.data : 'other-kind';
}

/** This party's word that it adopted something, and when. */
export function receiptFor(
  party: Party,
  trust: Trust,
  of: Pick<AdoptionReceipt['receipt'], 'kind' | 'operation' | 'intentDigest'>,
  at: string,
): AdoptionReceipt {
  return signReceipt(party.identity, {
    type: 'countersign/adoption-receipt/v1',
    party: party.config.name,
    genesisDigest: trust.genesisDigest,
    ...of,
    adoptedAt: at,
  });
}

const named = ({ kind, operation }: Adoptable, intentDigest: string) => ({
  kind,
  operation,
  intentDigest,
});

/** When this party adopted exactly this intent before, or null. */
const adoptedBefore = (party: Party, of: Adoptable, digest: string): string | null =>
  decreedAt(party.database, of.kind, of.operation, digest);

/** Named before the decision, so that a relay knows which versions to send first. */
function findOrderFault(trust: Trust, of: Adoptable): Refusal | null {
  if (of.kind !== 'roster-change' && of.kind !== 'policy-change') return null;
  const [offered, version, digest] =
    of.kind === 'roster-change'
      ? [of.roster, trust.roster.version, trust.rosterDigest]
      : [of.policy, trust.policy.version, trust.policyDigest];
  if (offered.version > version + 1) return 'version-gap';
  const follows = offered.version === version + 1 && offered.previous === digest;
  return follows ? null : 'version-does-not-follow';
}

/** Peers whose word it takes: with one of three parties in hostile hands, one of them is honest. */
const PEERS_NEEDED = 2;
/** How long ago they may have adopted it, in milliseconds: three years. */
const RECEIPT_AGE_MAX = 3 * 365 * 86_400_000;

type PeersWord = {
  at: Date | null;
  /**
   * True once two parties with a network adopted the same. They waited out what had to be waited
   * for, and people could say no to them meanwhile; one that was off, or is switched on for an hour
   * only, need not wait again. Everything else is decided here as ever.
   */
  hasWaited: boolean;
  /** True once any other party adopted the same. */
  isAdopted: boolean;
};

/**
 * The instant by which other parties had adopted the same, by their signed word; the latest of them,
 * so that none alone can make it earlier. Only what changes with time is measured by it (`as-of.ts`):
 * a party that was off can catch up, and can't be made to take what people did not fully state.
 */
function instantOfPeers(
  party: Party,
  trust: Trust,
  receipts: readonly AdoptionReceipt[],
  digest: string,
): PeersWord | { refusal: Refusal } {
  const members = membersInForce(party, trust);
  const named = new Set<string>();
  let latest = Number.NEGATIVE_INFINITY;
  for (const candidate of receipts) {
    const { receipt } = candidate;
    const peer = members?.find(({ name }) => name === receipt.party && name !== party.config.name);
    const genuine =
      peer !== undefined &&
      receipt.genesisDigest === trust.genesisDigest &&
      receipt.intentDigest === digest &&
      verifyReceipt(peer.identityKey, candidate);
    if (!genuine) return { refusal: 'receipt-invalid' };
    named.add(receipt.party);
    latest = Math.max(latest, Date.parse(receipt.adoptedAt));
  }
  const own = party.now().getTime();
  const counts = named.size >= PEERS_NEEDED && own - latest <= RECEIPT_AGE_MAX;
  const online = [...named].filter((name) => !isColdIn(trust.roster, name));
  return {
    at: counts ? new Date(Math.min(latest, own)) : null,
    hasWaited: counts && online.length >= PEERS_NEEDED,
    isAdopted: named.size > 0,
  };
}

/** What time did to an operation, or what came to be known later than two others adopted it. */
const passes: readonly Refusal[] = [
  'statement-expired',
  'intent-expired',
  'credential-expired',
  // It was certified until an instant that is over; the list says so, and catching up goes on.
  'destination-expired',
  'credential-revoked',
  // A version that lists a key as good which was revoked since: it stays revoked here.
  'roster-credential-revived',
  'attempt-ended',
  'everything-frozen',
  'asset-frozen',
  // What sources signed ages, and at other hours another rule may decide.
  'fact-missing',
  'policy-denies',
  'statements-incomplete',
];

/**
 * How much longer a change must count where no other party took it over yet, in milliseconds: so long
 * may the others take to hear of it. One that this party took in the last moment would be too late for
 * all others, and whoever hands it out could choose that moment.
 */
const TIME_TO_FOLLOW = 15_000;

function leavesTimeToFollow(party: Party, trust: Trust, { bundle }: Decided): boolean {
  const soon = new Date(party.now().getTime() + TIME_TO_FOLLOW);
  // Nobody can be late for a stop.
  if (isStopKind(bundle.intent.kind)) return true;
  return decide(
    decisionInput(party, trust, { loose: bundle, bundle, transaction: null, now: soon }),
  ).ok;
}

function decideNowOrThen(
  party: Party,
  trust: Trust,
  loose: LooseBundle,
  { at: then, hasWaited, isAdopted }: PeersWord,
): Answer<Decided> {
  const question = { loose, transaction: null, byWord: { hasWaited, isAdopted } };
  const verdict = makeDecision(party, trust, { ...question, now: party.now() });
  if (verdict.ok && !isAdopted && !leavesTimeToFollow(party, trust, verdict.value)) {
    const { digest, bundle } = verdict.value;
    noteRefusal(party, bundle.intent.operation, digest, 'no-time-to-follow');
    return refuse('no-time-to-follow');
  }
  if (verdict.ok || then === null || !passes.includes(verdict.refusal)) return verdict;
  return makeDecision(party, trust, { ...question, now: then, isPast: true });
}

/**
 * Verifies a bundle under the versions in force and applies it in one commit; the same bundle again
 * answers the same receipt.
 */
export function adopt(
  party: Party,
  request: { bundle: LooseBundle; receipts: readonly AdoptionReceipt[] },
): Answer<AdoptionReceipt> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  if (!membersInForce(party, trust)) return refuse('party-not-in-roster');
  const candidate = readAdoptable(request.bundle.intent);
  if (candidate === 'other-kind') return refuse('kind-not-adoptable');
  if (candidate === null) {
    const verdict = makeDecision(party, trust, {
      loose: request.bundle,
      transaction: null,
      now: party.now(),
    });
    return verdict.ok ? refuse('request-malformed') : verdict;
  }
  const digest = intentDigest(candidate);
  const before = adoptedBefore(party, candidate, digest);
  if (before !== null) return answer(receiptFor(party, trust, named(candidate, digest), before));
  const orderFault = findOrderFault(trust, candidate);
  const mayReplace = orderFault === 'version-does-not-follow' && request.receipts.length > 0;
  if (orderFault && !mayReplace) return refuse(orderFault);
  const peers = instantOfPeers(party, trust, request.receipts, digest);
  if ('refusal' in peers) return refuse(peers.refusal);
  const replaced = orderFault ? findReplaced(party, trust, candidate, request.receipts) : null;
  if (orderFault && !replaced) return refuse(orderFault);
  const under = replaced ?? trust;
  const verdict = decideNowOrThen(party, under, request.bundle, peers);
  if (!verdict.ok) return verdict;
  const isWaited = waitsOf(party.database, candidate.operation).length > 0;
  if (isWaited && !peers.isAdopted && hasRival(party, candidate, digest))
    return refuse('time-lock-running');
  // A machine without a network can't let a destination cool down itself.
  const isCold = isColdIn(trust.roster, party.config.name);
  const since = isCold && peers.hasWaited && peers.at ? peers.at : party.now();
  return answer(applyDecided(party, under, verdict.value, candidate, since));
}

/** @param trust what it was decided under; not what is in force where it replaces the last version. */
function applyDecided(
  party: Party,
  trust: Trust,
  decided: Decided,
  candidate: Adoptable,
  since: Date,
): AdoptionReceipt {
  const { operation, kind } = candidate;
  const isReplacing = trust !== party.trust;
  const apply = (): void => applyDecree(party, trust, decided, candidate, since);
  if (isReplacing) lowerTrustMark(party, trust);
  party.database.commit(() => {
    keepDecision(party, decided);
    if (isReplacing) replaceLast(party, candidate, apply);
    else apply();
    note(party, { event: 'adopted', operation, digest: decided.digest });
  });
  reloadTrust(party);
  raiseMarks(party);
  party.onNews();
  party.log('adopted', { kind, operation });
  const at = adoptedBefore(party, candidate, decided.digest);
  if (at === null) throw new Error('What was just adopted must be found.');
  return receiptFor(party, trust, named(candidate, decided.digest), at);
}
