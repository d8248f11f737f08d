/**
 * The start of a signature: the party decides for itself on its own decode of the transaction, makes
 * the decision durable, and only then promises nonces. What it promised binds nobody: the operation
 * is tied to its transaction when a share leaves (`signing-rounds.ts`).
 */
import { randomBytes } from 'node:crypto';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { isInteractive } from '#lib/protocol/suites.ts';
import { movesCoins, type MovingIntent } from '#lib/protocol/intent.ts';
import { finishNow, type Steps } from '../dkls/steps.ts';
import { publicKeyOf } from '../frost/group.ts';
import type { Member } from '../frost/transcript.ts';
import { toHex } from '../wire/encoding.ts';
import { sealEnvelope } from '../wire/envelope.ts';
import type { SigningCommitment } from '../wire/payloads.ts';
import type { RpcAnswer } from '../wire/rpc.ts';
import { signingEnd } from './cold-lifetime.ts';
import { accountInVault } from './account-in-vault.ts';
import { ecdsaPromise, findEcdsaFault } from './ecdsa-begin.ts';
import type { ByWord } from './decision-input.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import {
  answer,
  findShare,
  keysOf,
  membersInForce,
  note,
  noteRefusal,
  refuse,
  shareOf,
  type Answer,
  type Party,
} from './party.ts';
import { runSteps } from './run-steps.ts';
import {
  admitTrip,
  baseIdOf,
  closeSessionsFor,
  closeStaleSessions,
  isLive,
  SESSIONS_MAX,
  signingHeader,
  type SigningSession,
} from './signing-session.ts';
import { makeNonces } from './sign-parts.ts';
import { standingFor } from './standing.ts';
import type { KeyRecord } from './store/keys.ts';
import { findTie, findTieRefusal } from './store/operations.ts';
import { countSpend } from './store/spends.ts';
import type { Trust } from './store/trust.ts';
import { whatToSign, type ToSign } from './what-to-sign.ts';

export type SignRequest = {
  bundle: LooseBundle;
  transaction: { chain: string; message: string };
  quorum: readonly string[];
};

/** The quorum as members, when it is one: as many as the threshold, all of the key, this party among them. */
function findQuorum(
  party: Party,
  record: KeyRecord,
  inForce: readonly Member[],
  names: readonly string[],
): Member[] | null {
  const quorum = record.members.filter(({ name }) => names.includes(name));
  const sound =
    names.length === record.group.threshold &&
    quorum.length === names.length &&
    quorum.some(({ name }) => name === party.config.name) &&
    quorum.every((member) =>
      inForce.some(
        (entry) =>
          entry.name === member.name &&
          entry.index === member.index &&
          entry.identityKey === member.identityKey,
      ),
    );
  return sound ? quorum : null;
}

/** What a party decided to sign, before it promises anything. */
export type Prepared = Omit<ToSign, 'transaction'> & {
  decided: Decided;
  intent: MovingIntent | ProofOfControlIntent;
  record: KeyRecord;
  quorum: Member[];
};

/** What the party itself reads in a request. A vault's public key never changes, so this stays true. */
function readRequest(party: Party, trust: Trust, request: SignRequest): Answer<ToSign> {
  if (!membersInForce(party, trust)) return refuse('party-not-in-roster');
  const { bundle, transaction } = request;
  const account = accountInVault(party, bundle.intent, transaction.chain);
  const own = whatToSign({ intent: bundle.intent, transaction, account });
  if (!own.ok && own.refusal !== 'transaction-malformed')
    noteRefusal(party, null, null, own.refusal);
  return own;
}

/** Decides on what was read. */
function judgeRead(
  party: Party,
  trust: Trust,
  request: SignRequest,
  { transaction, ...signable }: ToSign,
  byWord?: ByWord,
): Answer<Prepared> {
  const inForce = membersInForce(party, trust);
  if (!inForce) return refuse('party-not-in-roster');
  const verdict = makeDecision(party, trust, {
    loose: request.bundle,
    transaction,
    now: party.now(),
    byWord,
    signers: request.quorum,
  });
  if (!verdict.ok) return verdict;
  const { intent } = verdict.value.bundle;
  if (!movesCoins(intent) && intent.kind !== 'proof-of-control') return refuse('kind-not-signable');
  // The key follows from the intent's vault and the party's own register, never from the request.
  const record = keysOf(party).find(
    (candidate) => candidate.vault === intent.vault && candidate.state === 'usable',
  );
  if (!record) return refuse('vault-unknown');
  if (!findShare(party, record)) return refuse('share-lost');
  const quorum = findQuorum(party, record, inForce, request.quorum);
  if (!quorum) return refuse('quorum-unsound');
  const { operation } = intent;
  const tied = findTieRefusal(party.database, { operation, ...signable });
  if (tied) {
    noteRefusal(party, operation, verdict.value.digest, tied);
    return refuse(tied);
  }
  const decided = verdict.value;
  return answer({ decided, intent, record, quorum, ...signable });
}

/**
 * Decides about a request and keeps nothing of a yes.
 * @param byWord at a cold party only.
 */
export function judgeSigning(
  party: Party,
  trust: Trust,
  request: SignRequest,
  byWord?: ByWord,
): Answer<Prepared> {
  const own = readRequest(party, trust, request);
  return own.ok ? judgeRead(party, trust, request, own.value, byWord) : own;
}

/** After this commit the party knows the operation with this content, attempt, counters and amount. */
function keepDecided(party: Party, { decided, intent }: Prepared, endsAt: number): void {
  const { operation } = intent;
  party.database.commit(() => {
    keepDecision(party, decided);
    if (movesCoins(intent)) countSpend(party.database, intent, new Date(endsAt));
    note(party, { event: 'decided', operation, digest: decided.digest });
  });
}

function openSession(
  party: Party,
  trust: Trust,
  of: Prepared,
  times: Pick<SigningSession, 'isTrip' | 'decidedAt' | 'endsAt'>,
): SigningSession {
  const { decided, record, quorum, message, messageDigest, parts, conflictKey, uses } = of;
  const own = quorum.find(({ name }) => name === party.config.name);
  if (!own) throw new Error('A quorum includes this party.');
  const { intent } = decided.bundle;
  const session: SigningSession = {
    handle: toHex(randomBytes(32)),
    operation: intent.operation,
    intentDigest: decided.digest,
    attempt: decided.attempt,
    notAfter: Date.parse(intent.notAfter),
    rosterHead: trust.rosterHead,
    policyHead: trust.policyHead,
    standing: standingFor(party, { operation: intent.operation, intentDigest: decided.digest }),
    message,
    messageDigest,
    parts,
    conflictKey,
    uses,
    record,
    own,
    quorum,
    baseId: baseIdOf({ ...of, intentDigest: decided.digest, attempt: decided.attempt }),
    nonce: toHex(randomBytes(32)),
    ecdsa: isInteractive(record.suite) ? { step: 'extend' } : null,
    nonces: [],
    isBusy: false,
    ...times,
    released: null,
  };
  party.sessions.set(session.handle, session);
  return session;
}

/** Nonces for every part. The session is open meanwhile, but nobody else knows its handle. */
function* frostPromise(party: Party, session: SigningSession): Steps<SigningCommitment> {
  const { record, own, parts, nonces, nonce, standing } = session;
  const signingShare = shareOf(party, record);
  yield* makeNonces({ record, index: own.index, signingShare, parts, into: nonces });
  return { nonce, commitments: nonces.map(({ commitment }) => commitment), trust: standing };
}

type Begun = Answer<RpcAnswer<'signBegin'>>;

/**
 * Decides and opens a session; for a transaction that is already signed it answers the same
 * signature again. Others are let in once the transaction was read, and then only when the decision,
 * which is on what is in force at that moment, is durable.
 * @param byWord at a cold party only.
 */
export function* beginInSteps(party: Party, request: SignRequest, byWord?: ByWord): Steps<Begun> {
  if (!party.trust) return refuse('genesis-missing');
  const own = readRequest(party, party.trust, request);
  if (!own.ok) return own;
  yield;
  const { trust } = party;
  const prepared = judgeRead(party, trust, request, own.value, byWord);
  if (!prepared.ok) return prepared;
  const { decided, record, messageDigest } = prepared.value;
  const { operation } = decided.bundle.intent;
  const tie = findTie(party.database, operation, messageDigest);
  if (tie && tie.signatures !== null) {
    const publicKey = publicKeyOf(record.group);
    return answer({ state: 'signed', signatures: tie.signatures, publicKey });
  }
  closeStaleSessions(party);
  closeSessionsFor(party, operation, messageDigest);
  const decidedAt = party.now().getTime();
  const end = signingEnd({
    roster: trust.roster,
    own: party.config.name,
    quorum: prepared.value.quorum.map(({ name }) => name),
    notAfter: Date.parse(decided.bundle.intent.notAfter),
    now: decidedAt,
  });
  if (end.isTrip && !admitTrip(party, operation)) return refuse('too-many-sessions');
  if (party.sessions.size >= SESSIONS_MAX) return refuse('too-many-sessions');
  const unready = findEcdsaFault(party, prepared.value);
  if (unready) {
    noteRefusal(party, operation, decided.digest, unready.refusal);
    return unready;
  }
  keepDecided(party, prepared.value, end.endsAt);
  const session = openSession(party, trust, prepared.value, { ...end, decidedAt });
  const payload = session.ecdsa
    ? ecdsaPromise(party, session)
    : yield* frostPromise(party, session);
  if (!isLive(party, session)) {
    for (const nonces of session.nonces) nonces.burn();
    return refuse('session-unknown');
  }
  const envelope = sealEnvelope(party.identity, signingHeader(session, session.baseId, 1), payload);
  return answer({ state: 'open', session: session.handle, envelope });
}

/** In one piece, at a cold party, which has nobody to answer meanwhile. */
export const beginSigning = (party: Party, request: SignRequest, byWord?: ByWord): Begun =>
  finishNow(beginInSteps(party, request, byWord));

/** At a party with a network. */
export const beginAmongOthers = (party: Party, request: SignRequest): Promise<Begun> =>
  runSteps(beginInSteps(party, request));
