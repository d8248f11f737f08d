/** Adopts what people decided about the parties' own records: rosters and destinations. */
import {
  digestOf,
  intent as intentSchema,
  intentDigest,
  type DestinationListingIntent,
  type RosterChangeIntent,
} from '#lib/protocol/intent.ts';
import type { Refusal } from '../refusals.ts';
import { signReceipt, verifyReceipt, type AdoptionReceipt } from '../wire/receipt.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import { raiseMarks } from './marks.ts';
import {
  answer,
  membersInForce,
  note,
  refuse,
  reloadTrust,
  type Answer,
  type Party,
} from './party.ts';
import { addDestination, findDestination } from './store/destinations.ts';
import { appendVersion, findVersion, type Trust } from './store/trust.ts';

type Adoptable = RosterChangeIntent | DestinationListingIntent;

/** @returns null for an intent that has no form; the decision names what is wrong with it. */
function readAdoptable(candidate: unknown): Adoptable | 'other-kind' | null {
  const parsed = intentSchema.safeParse(candidate);
  if (!parsed.success) return null;
  const { kind } = parsed.data;
  return kind === 'roster-change' || kind === 'destination-listing' ? parsed.data : 'other-kind';
}

function receiptFor(
  party: Party,
  trust: Trust,
  of: Adoptable,
  digest: string,
  at: string,
): AdoptionReceipt {
  return signReceipt(party.identity, {
    type: 'countersign/adoption-receipt/v1',
    party: party.config.name,
    genesisDigest: trust.genesisDigest,
    kind: of.kind,
    operation: of.operation,
    intentDigest: digest,
    adoptedAt: at,
  });
}

/** When this party adopted exactly this intent before, or null. */
function adoptedBefore(party: Party, of: Adoptable, digest: string): string | null {
  const known =
    of.kind === 'roster-change'
      ? findVersion(party.database, 'roster', of.roster.version)
      : findDestination(party.database, party.kek, of.destination.id);
  return known?.intentDigest === digest ? known.adoptedAt : null;
}

/** Named before the decision, so that a relay knows which versions to send first. */
function findOrderFault(trust: Trust, of: Adoptable): Refusal | null {
  if (of.kind !== 'roster-change') return null;
  const next = trust.roster.version + 1;
  if (of.roster.version > next) return 'version-gap';
  const follows = of.roster.version === next && of.roster.previous === trust.rosterDigest;
  return follows ? null : 'version-does-not-follow';
}

/** Peers whose word it takes: with one of three parties in hostile hands, one of them is honest. */
const PEERS_NEEDED = 2;
/** How long ago they may have adopted it, in milliseconds: three years. */
const RECEIPT_AGE_MAX = 3 * 365 * 86_400_000;

/**
 * The instant by which other parties had adopted the same, by their signed word; the latest of them,
 * so that none alone can make it earlier. Only the age of the statements is measured by it: a party
 * that was off can catch up, and can't be made to take anything that the people did not fully state.
 */
function instantOfPeers(
  party: Party,
  trust: Trust,
  receipts: readonly AdoptionReceipt[],
  digest: string,
): { at: Date | null } | { refusal: Refusal } {
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
  return { at: counts ? new Date(Math.min(latest, own)) : null };
}

const tooLate: readonly Refusal[] = ['statement-expired', 'intent-expired', 'credential-expired'];

function decideNowOrThen(
  party: Party,
  trust: Trust,
  loose: LooseBundle,
  then: Date | null,
): Answer<Decided> {
  const question = { loose, transaction: null };
  const verdict = makeDecision(party, trust, { ...question, now: party.now() });
  if (verdict.ok || then === null || !tooLate.includes(verdict.refusal)) return verdict;
  return makeDecision(party, trust, { ...question, now: then });
}

function apply(party: Party, trust: Trust, { digest, bundle }: Decided, of: Adoptable): void {
  const at = party.now();
  const origin = { operation: of.operation, intentDigest: digest, bundle };
  if (of.kind === 'destination-listing') {
    addDestination(party.database, party.kek, { ...origin, destination: of.destination }, at);
    return;
  }
  const document = of.roster;
  const entry = { kind: 'roster' as const, version: document.version, digest: digestOf(document) };
  appendVersion(party.database, party.kek, { ...entry, document, ...origin }, trust.rosterHead, at);
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
  if (before !== null) return answer(receiptFor(party, trust, candidate, digest, before));
  const orderFault = findOrderFault(trust, candidate);
  if (orderFault) return refuse(orderFault);
  const peers = instantOfPeers(party, trust, request.receipts, digest);
  if ('refusal' in peers) return refuse(peers.refusal);
  const verdict = decideNowOrThen(party, trust, request.bundle, peers.at);
  return verdict.ok ? answer(applyDecided(party, trust, verdict.value, candidate)) : verdict;
}

function applyDecided(
  party: Party,
  trust: Trust,
  decided: Decided,
  candidate: Adoptable,
): AdoptionReceipt {
  const { operation, kind } = candidate;
  party.database.commit(() => {
    keepDecision(party, decided);
    apply(party, trust, decided, candidate);
    note(party, { event: 'adopted', operation, digest: decided.digest });
  });
  reloadTrust(party);
  raiseMarks(party);
  party.log('adopted', { kind, operation });
  const at = adoptedBefore(party, candidate, decided.digest);
  if (at === null) throw new Error('What was just adopted must be found.');
  return receiptFor(party, trust, candidate, decided.digest, at);
}
