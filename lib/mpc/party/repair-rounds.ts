/**
 * The rounds of a share repair. Helpers show what their parts are committed to, and everybody's view
 * of that is compared before a part leaves: so who sends a part that doesn't fit is named, and nobody
 * else. Parts go sealed from helper to helper, sums sealed to the party that lost its share.
 */
import { dealDeltas, sumDeltas } from '../frost/repair.ts';
import { findUnsound, repairPackage } from '../frost/repair-plan.ts';
import { repairId, repairTranscript } from '../frost/repair-transcript.ts';
import { everyone, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { privatePayload } from '../wire/private-payload.ts';
import { repairEcho, repairOpening } from '../wire/repair-payloads.ts';
import type { KeyRequest } from './ceremony-rounds.ts';
import { byIndex, nameAt, openScalars, sealScalars } from './member-messages.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import { findAgreement } from './repair-key-word.ts';
import { repairs, openRepairRound, repairHeader, type RepairSession } from './repair-session.ts';

export const agreedIn = ({ agreed }: RepairSession): NonNullable<RepairSession['agreed']> => {
  if (!agreed) throw new Error('The helpers have not agreed on the key yet.');
  return agreed;
};

/** Round 0 in, a helper's round 1 out: all say the same of the key, so the package is shown. */
export function revealRepair(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope | null }> {
  const session = repairs.find(party, request.key, 'reveal');
  if (typeof session === 'string') return refuse(session);
  const opened = openRepairRound(party, session, request.envelopes, {
    round: 0,
    ceremony: session.baseId,
    to: everyone,
    payload: repairOpening,
    from: session.participants,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { trust } = party;
  if (trust?.rosterHead !== session.rosterHead)
    return repairs.abort(party, session, 'trust-changed', null);
  const openings = new Map(session.openings);
  for (const { from, payload } of opened.messages.values()) openings.set(from, payload);
  const agreement = findAgreement(party, trust, session, openings);
  if (!agreement.ok) return repairs.abort(party, session, agreement.refusal, agreement.culprit);
  session.openings = openings;
  session.agreed = agreement;
  session.id = repairId(session.baseId, session.participants, openings);
  session.step = 'echo';
  if (!session.repair) return answer({ envelope: null });
  const header = repairHeader(session, session.id, 1, everyone);
  return answer({ envelope: sealEnvelope(party.identity, header, session.repair.revealed) });
}

/** Round 1 in, round 2 out: the packages are sound, and what was seen goes out as one hash. */
export function echoRepair(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = repairs.find(party, request.key, 'echo');
  if (typeof session === 'string') return refuse(session);
  const { helpers, own, repair, id } = session;
  const opened = openRepairRound(party, session, request.envelopes, {
    round: 1,
    ceremony: id,
    to: everyone,
    payload: repairPackage(agreedIn(session).plan.suite),
    from: helpers,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const packages = new Map(repair ? [[own.name, repair.revealed]] : []);
  for (const { from, payload } of opened.messages.values()) packages.set(from, payload);
  const unsound = findUnsound(agreedIn(session).plan, byIndex(helpers, packages));
  if (unsound)
    return repairs.abort(party, session, unsound.refusal, nameAt(helpers, unsound.culprit));
  session.packages = packages;
  session.step = 'deal';
  const transcript = repairTranscript(id, helpers, packages);
  const header = repairHeader(session, id, 2, everyone);
  return answer({ envelope: sealEnvelope(party.identity, header, { transcript }) });
}

/** Round 2 in, a helper's round 3 out: all saw the same, so each other helper gets its part. */
export function dealRepair(
  party: Party,
  request: KeyRequest,
): Answer<{ envelopes: SignedEnvelope[] }> {
  const session = repairs.find(party, request.key, 'deal');
  if (typeof session === 'string') return refuse(session);
  const { helpers, own, repair, id, packages } = session;
  const opened = openRepairRound(party, session, request.envelopes, {
    round: 2,
    ceremony: id,
    to: everyone,
    payload: repairEcho,
    from: session.participants,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const transcript = repairTranscript(id, helpers, packages);
  if ([...opened.messages.values()].some(({ payload }) => payload.transcript !== transcript))
    return repairs.abort(party, session, 'repair-equivocation', null);
  session.step = repair ? 'sum' : 'finish';
  if (!repair) return answer({ envelopes: [] });
  const dealt = dealDeltas(repair, byIndex(helpers, packages));
  if (!dealt.ok)
    return repairs.abort(party, session, dealt.refusal, nameAt(helpers, dealt.culprit));
  const others = helpers.filter(({ name }) => name !== own.name);
  const envelopes = sealScalars(party, others, dealt.deltas, (receiver) =>
    repairHeader(session, id, 3, receiver),
  );
  return answer({ envelopes });
}

/** Round 3 in, a helper's round 4 out: the sum for the party that lost its share. */
export function sumRepair(party: Party, request: KeyRequest): Answer<{ envelope: SignedEnvelope }> {
  const session = repairs.find(party, request.key, 'sum');
  if (typeof session === 'string') return refuse(session);
  const { helpers, own, lost, repair, id } = session;
  if (!repair) throw new Error('Only a helper adds up.');
  const opened = openRepairRound(party, session, request.envelopes, {
    round: 3,
    ceremony: id,
    to: own.name,
    payload: privatePayload,
    from: helpers,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const deltas = openScalars(party, opened.messages);
  if (!deltas.ok) return repairs.abort(party, session, 'envelope-unreadable', deltas.culprit);
  const summed = sumDeltas(repair, byIndex(helpers, deltas.scalars));
  for (const delta of deltas.scalars.values()) delta.fill(0);
  if (!summed.ok)
    return repairs.abort(party, session, summed.refusal, nameAt(helpers, summed.culprit));
  const sums = new Map([[lost.index, summed.sigma]]);
  const [envelope] = sealScalars(party, [lost], sums, (receiver) =>
    repairHeader(session, id, 4, receiver),
  );
  if (!envelope) throw new Error('There is one sum.');
  party.repairs.delete(session.intent.key);
  return answer({ envelope });
}
