/** Takes a "no" that came by itself: from a person at this party's own page, or from another party. */
import { decideNo } from '#lib/protocol/decide-no.ts';
import { keepNo } from './keep-no.ts';
import { ownFacts } from './own-facts.ts';
import { raiseRecordMark } from './marks.ts';
import { answer, note, noteRefusal, refuse, type Answer, type Party } from './party.ts';

export type TakenNo = { operation: string; attempt: number; takenAt: string };

/**
 * Verifies a rejection or cancellation and keeps it (`keep-no.ts`).
 * @param candidate from outside; anything at all.
 */
export function takeNo(party: Party, candidate: unknown): Answer<TakenNo> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  const verdict = decideNo(candidate, {
    roster: trust.roster,
    policy: trust.policy,
    party: ownFacts(party, null, []).party,
    now: party.now().toISOString(),
  });
  if (!verdict.ok) {
    noteRefusal(party, null, null, verdict.refusal);
    return refuse(verdict.refusal);
  }
  const { statement } = verdict.signed;
  const { operation, intentDigest, attempt } = statement;
  const at = party.now();
  const isNews = party.database.commit(() => {
    const isFirst = keepNo(party, verdict.signed);
    if (isFirst) note(party, { event: 'stopped', operation, digest: intentDigest });
    return isFirst;
  });
  if (isNews) {
    raiseRecordMark(party);
    party.onNews();
  }
  return answer({ operation, attempt, takenAt: at.toISOString() });
}
