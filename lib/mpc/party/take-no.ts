/** Takes a "no" that came by itself: from a person at this party's own page, or from another party. */
import { decideNo } from '#lib/protocol/decide-no.ts';
import { ownFacts } from './own-facts.ts';
import { raiseRecordMark } from './marks.ts';
import { stopAttempt } from './make-decision.ts';
import { answer, note, noteRefusal, refuse, type Answer, type Party } from './party.ts';
import { appendDecree, decreedAt } from './store/decrees.ts';
import { keepLoneNo } from './store/noes.ts';
import { endAttempt, findOperation } from './store/operations.ts';

export type TakenNo = { operation: string; attempt: number; takenAt: string };

/**
 * Keeps a rejection or cancellation for exactly the content it names, and ends what is in progress.
 * One about other content than this party knows under the same id ends nothing here: it is kept,
 * and counts should that content ever come.
 * @param candidate from outside; anything at all.
 */
export function takeNo(party: Party, candidate: unknown): Answer<TakenNo> {
  const { trust, database } = party;
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
  const isNews = database.commit(() => {
    const first = keepLoneNo(database, { operation, intentDigest, attempt }, at);
    const known = findOperation(database, operation);
    if (known?.intentDigest === intentDigest)
      endAttempt(database, operation, intentDigest, attempt);
    if (!known || known.intentDigest === intentDigest) stopAttempt(party, operation, attempt);
    if (!first) return false;
    if (decreedAt(database, 'no', operation, intentDigest) === null)
      appendDecree(database, { kind: 'no', operation, intentDigest, document: verdict.signed }, at);
    note(party, { event: 'stopped', operation, digest: intentDigest });
    return true;
  });
  if (isNews) {
    raiseRecordMark(party);
    party.onNews();
  }
  return answer({ operation, attempt, takenAt: at.toISOString() });
}
