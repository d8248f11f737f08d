/**
 * The end of a refresh at one party: all saw the same, the new shares sign together, and only then
 * is the next epoch stored and confirmed. From here on `refresh-switch.ts` says what happens.
 */
import { publicKeyOf } from '../frost/group.ts';
import { refreshProof, refreshProofId, type ProofPair } from '../frost/refresh-transcript.ts';
import { proofScheme } from '../frost/scheme.ts';
import { aggregateShares, makeShare } from '../frost/signing.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { everyone, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { refreshEcho, refreshProofShare } from '../wire/refresh-payloads.ts';
import type { KeyRequest } from './ceremony-rounds.ts';
import { raiseMarks } from './marks.ts';
import { byIndex, nameAt } from './member-messages.ts';
import { answer, note, refuse, type Answer, type Party } from './party.ts';
import { findPrepared, findSetAside, findUsable } from './refresh.ts';
import {
  refreshes,
  deniersOf,
  nextEpoch,
  openRefreshRound,
  refreshHeader,
  type RefreshedShare,
  type RefreshSession,
} from './refresh-session.ts';
import { prepareEpoch } from './store/epochs.ts';
import type { KeyRecord } from './store/keys.ts';

/** Round in which a party confirms that it stored the next epoch. */
export const CONFIRM_ROUND = 5;

const madeIn = ({ made }: RefreshSession): RefreshedShare => {
  if (!made) throw new Error('The rounds of this refresh are not through.');
  return made;
};

const proofOf = (session: RefreshSession): Uint8Array =>
  refreshProof({
    key: session.intent.key,
    epoch: nextEpoch(session),
    ceremony: session.ceremony,
    transcript: madeIn(session).transcript,
  });

/** Round 3 in, round 4 out: all saw the same, so the own share of the test signature goes out. */
export function proveRefresh(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = refreshes.find(party, request.key, 'prove');
  if (typeof session === 'string') return refuse(session);
  const opened = openRefreshRound(party, session, request.envelopes, {
    round: 3,
    ceremony: session.ceremony,
    to: everyone,
    payload: refreshEcho(session.refresh.suite),
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { group, share, transcript, nonces } = madeIn(session);
  const { members } = session.base;
  const pairs = new Map<string, ProofPair>([[session.own.name, nonces.commitment]]);
  for (const { from, payload } of opened.messages.values()) {
    if (payload.transcript !== transcript || payload.publicKey !== publicKeyOf(group))
      return refreshes.abort(party, session, 'refresh-equivocation', null);
    pairs.set(from, { hiding: payload.hiding, binding: payload.binding });
  }
  const indexed = byIndex(members, pairs);
  const made = makeShare({
    scheme: proofScheme(session.refresh.suite),
    group,
    index: session.own.index,
    signingShare: share,
    nonces,
    pairs: indexed,
    message: proofOf(session),
  });
  if (!made.ok) return refreshes.abort(party, session, made.refusal, nameAt(members, made.culprit));
  const id = refreshProofId(session.ceremony, members, pairs);
  session.test = { id, pairs: indexed, share: made.share };
  session.step = 'confirm';
  const header = refreshHeader(session, id, 4, everyone);
  return answer({
    envelope: sealEnvelope(party.identity, header, { share: toHex(made.share) }),
  });
}

/**
 * Round 4 in, round 5 out: the shares of all members make one signature under the unchanged public
 * key, so each of them works. The next epoch is stored and confirmed; the epoch in force still signs.
 */
export function confirmRefresh(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = refreshes.find(party, request.key, 'confirm');
  if (typeof session === 'string') return refuse(session);
  const { test, base } = session;
  if (!test) throw new Error('There is no test signature to complete.');
  const opened = openRefreshRound(party, session, request.envelopes, {
    round: 4,
    ceremony: test.id,
    to: everyone,
    payload: refreshProofShare,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const made = madeIn(session);
  const shares = new Map([[session.own.name, test.share]]);
  for (const { from, payload } of opened.messages.values())
    shares.set(from, fromHex(payload.share));
  const signed = aggregateShares({
    scheme: proofScheme(session.refresh.suite),
    group: made.group,
    pairs: test.pairs,
    shares: byIndex(base.members, shares),
    message: proofOf(session),
  });
  if (!signed.ok) {
    const culprit = nameAt(base.members, signed.culprit);
    return refreshes.abort(party, session, 'refresh-proof-invalid', culprit);
  }
  if (party.trust?.rosterHead !== session.rosterHead)
    return refreshes.abort(party, session, 'trust-changed', null);
  if (findUsable(party, base.key)?.ceremony !== base.ceremony)
    return refreshes.abort(party, session, 'key-epoch-differs', null);
  const confirmation = keepEpoch(party, session, made);
  refreshes.drop(party, base.key);
  return answer({ envelope: confirmation });
}

/**
 * What becomes of versions of the next epoch that this party confirmed before. One that another
 * member has confirmed last, too, might come in force there, although some member denies that it ever
 * confirmed it: it is kept, with the names of those. Any other can come in force nowhere any more.
 */
function sortEarlier(
  party: Party,
  session: RefreshSession,
): { aside: { record: KeyRecord; abandonedBy: string[] } | null; gone: KeyRecord[] } {
  const { own, promises, base } = session;
  const epoch = nextEpoch(session);
  const others = [...promises].filter(([name]) => name !== own.name);
  const isHeld = ({ ceremony }: KeyRecord): boolean =>
    others.some(([, { prepared }]) => prepared === ceremony);
  const earlier = findPrepared(party, base.key, epoch);
  const gone = findSetAside(party, base.key, epoch).filter((record) => !isHeld(record));
  if (!earlier) return { aside: null, gone };
  const abandonedBy = deniersOf(session, earlier.ceremony);
  if (abandonedBy.length === 0)
    throw new Error('An epoch that all have confirmed gives way to no other.');
  return isHeld(earlier)
    ? { aside: { record: earlier, abandonedBy }, gone }
    : { aside: null, gone: [...gone, earlier] };
}

/** Stores the next epoch in place of one that this party had confirmed before. */
function keepEpoch(party: Party, session: RefreshSession, made: RefreshedShare): SignedEnvelope {
  const { intent, intentDigest, base, ceremony } = session;
  const epoch = nextEpoch(session);
  const { group, transcript, echo, share } = made;
  const word = { transcript, publicKey: publicKeyOf(group) };
  const header = refreshHeader(session, ceremony, CONFIRM_ROUND, everyone);
  const confirmation = sealEnvelope(party.identity, header, word);
  const record: KeyRecord = {
    ...base,
    epoch,
    group,
    ceremony,
    transcript,
    operation: intent.operation,
    intentDigest,
    state: 'prepared',
    echo,
    confirmation,
    evidence: [],
    abandonedBy: [],
  };
  const earlier = sortEarlier(party, session);
  party.database.commit(() => {
    const { database, kek, config } = party;
    const of = { record, share, ...earlier };
    prepareEpoch(database, kek, config.name, of, party.now());
    note(party, { event: 'epoch-prepared', operation: intent.operation, digest: intentDigest });
  });
  party.register = null;
  raiseMarks(party);
  return confirmation;
}
