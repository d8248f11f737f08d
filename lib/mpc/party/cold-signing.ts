/**
 * A signature in one trip. The request carries the open session's commitment, so that commitment and
 * share of this party leave together. Whoever asks again gets a fresh commitment and a fresh share
 * for the same message; the other party's nonces serve one of them.
 */
import type { SignedColdConfirm } from '#lib/protocol/cold-confirm.ts';
import { suiteOf } from '../frost/suite.ts';
import type { SigningAnswer, SigningRequest } from '../wire/cold-documents.ts';
import type { ColdWord } from '../wire/cold-word.ts';
import { everyone, openRound } from '../wire/envelope.ts';
import { signingCommitment } from '../wire/payloads.ts';
import type { ByWord } from './decision-input.ts';
import { answer, note, noteRefusal, peersOf, refuse, type Answer, type Party } from './party.ts';
import { beginSigning, judgeSigning, type Prepared } from './signing-begin.ts';
import { shareSignature } from './signing-rounds.ts';
import { baseIdOf, closeSession } from './signing-session.ts';
import { standingFor } from './standing.ts';
import type { Trust } from './store/trust.ts';

/** A request that this party would sign, once a person presses a key. */
export type JudgedSigning = {
  request: SigningRequest;
  word: ColdWord;
  prepared: Prepared;
};

/** The facts in the request are as old as they were when the other party decided. */
const byWordOf = ({ session }: ColdWord): ByWord =>
  session ? { factsAt: new Date(session.decidedAt) } : {};

/** The commitment must be of the party that signed the word, for exactly this signature. */
function findCommitmentFault(
  party: Party,
  { request, word, prepared }: JudgedSigning,
): ReturnType<typeof refuse> | null {
  const { record, decided, quorum } = prepared;
  const { operation } = decided.bundle.intent;
  const opened = openRound([request.envelope], {
    ceremony: baseIdOf({ ...prepared, intentDigest: decided.digest, attempt: decided.attempt }),
    key: record.key,
    epoch: record.epoch,
    round: 1,
    seq: 0,
    to: everyone,
    senders: peersOf(party, quorum),
    payload: signingCommitment(suiteOf(record.suite)),
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const theirs = opened.messages.get(word.from);
  if (!theirs || theirs.payload.nonce !== word.session?.nonce) return refuse('cold-word-invalid');
  const standing = standingFor(party, { operation, intentDigest: decided.digest });
  return theirs.payload.trust === standing ? null : refuse('trust-heads-differ', word.from);
}

/** Decides about a request, after its words were heard and its news taken. Promises nothing. */
export function judgeColdSigning(
  party: Party,
  trust: Trust,
  of: { request: SigningRequest; word: ColdWord },
): Answer<JudgedSigning> {
  const { word, request } = of;
  if (!word.session) return refuse('cold-word-invalid');
  const prepared = judgeSigning(party, trust, request, byWordOf(word));
  if (!prepared.ok) return prepared;
  const judged = { ...of, prepared: prepared.value };
  const fault = findCommitmentFault(party, judged);
  if (!fault) return answer(judged);
  noteRefusal(party, prepared.value.decided.bundle.intent.operation, null, fault.refusal);
  return fault;
}

/** Commitment and share, decided anew at this moment. The caller has checked the key presses. */
export function signCold(
  party: Party,
  { request, word, prepared }: JudgedSigning,
  confirms: readonly SignedColdConfirm[],
): Answer<Extract<SigningAnswer, { ok: true }>> {
  const { operation } = prepared.decided.bundle.intent;
  const begun = beginSigning(party, request, byWordOf(word));
  if (!begun.ok) return begun;
  // Another trip's signature came with the news, and asking again gives nothing new away.
  if (begun.value.state !== 'open') return refuse('already-signed');
  const { session: handle, envelope: commitment } = begun.value;
  note(party, { event: 'confirmed', operation, digest: prepared.decided.digest });
  const shared = shareSignature(party, { session: handle, envelopes: [request.envelope] });
  const session = party.sessions.get(handle);
  if (session) closeSession(party, session);
  if (!shared.ok) return shared;
  const { envelope: share } = shared.value;
  return answer({ ok: true, commitment, share, confirms: [...confirms], heads: null });
}
