/** What signers send each other between the nonces and the shares: one envelope for each, encrypted, with all parts. */
import { SIGN_MESSAGE } from '../dkls/sign/messages.ts';
import type { Steps } from '../dkls/steps.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { ecdsaMessages } from '../wire/ecdsa-rpc.ts';
import { openRoundInSteps, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { openPrivate, sealPrivate } from '../wire/private-payload.ts';
import type { PartMessages } from './ecdsa-run.ts';
import { peersOf, refuse, type Party } from './party.ts';
import { failSession } from './signing-rounds.ts';
import { isLive, signingHeader, type SigningSession } from './signing-session.ts';

type No = ReturnType<typeof refuse>;

/** The other signers. */
export const peersIn = ({ quorum, own }: SigningSession): Member[] =>
  quorum.filter(({ name }) => name !== own.name);

/** Ends the session for what came, unless it was closed meanwhile: then nobody is refused anything any more. */
const refuseWhatCame = (
  party: Party,
  session: SigningSession,
  refusal: Refusal,
  culprit: string,
): No =>
  isLive(party, session)
    ? failSession(party, session, refusal, culprit)
    : refuse('session-unknown');

/** One envelope for each other signer, with the messages of all parts. */
export function* sealMessages(
  party: Party,
  session: SigningSession,
  of: { round: 2 | 3; sessionId: string; messages: PartMessages },
): Steps<SignedEnvelope[]> {
  const sealed: SignedEnvelope[] = [];
  for (const { name, index, exchangeKey } of peersIn(session)) {
    const header = signingHeader(session, of.sessionId, of.round, name);
    const plain = new Uint8Array(Buffer.concat([...(of.messages.get(index) ?? [])]));
    const payload = sealPrivate(exchangeKey, header, plain);
    yield;
    sealed.push(sealEnvelope(party.identity, header, payload));
    yield;
  }
  return sealed;
}

/** Messages of one round from all other signers, cut into parts. */
export function* openMessages(
  party: Party,
  session: SigningSession,
  of: { round: 2 | 3; sessionId: string; envelopes: readonly unknown[] },
): Steps<{ ok: true; messages: PartMessages } | No> {
  const { record, own, quorum, parts } = session;
  const opened = yield* openRoundInSteps(of.envelopes, {
    ceremony: of.sessionId,
    key: record.key,
    epoch: record.epoch,
    round: of.round,
    seq: of.round - 1,
    to: own.name,
    senders: peersOf(party, quorum),
    payload: ecdsaMessages[of.round],
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { exchangeKey, agreementKey } = party.identity;
  const length = SIGN_MESSAGE[of.round === 2 ? 1 : 2];
  const messages = new Map<number, Uint8Array[]>();
  for (const { name, index } of peersIn(session)) {
    const message = opened.messages.get(name);
    const plain =
      message && openPrivate(exchangeKey, agreementKey, message.header, message.payload);
    if (!plain) return refuseWhatCame(party, session, 'envelope-unreadable', name);
    if (plain.length !== parts.length * length)
      return refuseWhatCame(party, session, 'parts-differ', name);
    messages.set(
      index,
      parts.map((_, at) => plain.slice(at * length, (at + 1) * length)),
    );
    yield;
  }
  return { ok: true, messages };
}
