/** Who of several colleagues takes a step, and what to say when none of them may. Pure. */
import {
  findDecisionRefusal,
  type DecisionRefusal,
  type Person,
  type Standing,
} from '#lib/operations/standing.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Decision } from '#lib/protocol/statement.ts';

export type Candidate = Person & { handle: string };

/** Reasons that lie in the one person and say nothing about the operation. */
const personal: ReadonlySet<DecisionRefusal> = new Set([
  'not-allowed',
  'raiser-cannot-decide',
  'only-raiser-cancels',
  'already-stated',
  'wrong-group',
  'one-voice',
]);

const nobody = {
  approve: 'No sample colleague may approve it: those of its groups raised it or stated on it.',
  cosign: 'No sample colleague may co-sign it: those of its groups raised it or stated on it.',
  reject: 'No sample colleague may reject it.',
  cancel:
    'Only the person who raised it cancels it, and that is no sample colleague. Have one reject it instead.',
} as const;

/**
 * The first who may make the decision. The refusal is the operation's own reason where it has one
 * (it is closed, it has expired, approval comes first), and the person's own when only one was asked.
 */
export function chooseColleague<C extends Candidate>(
  standing: Standing,
  candidates: readonly C[],
  decision: Exclude<Decision, 'raise'>,
  now: Date,
): Result<C> {
  const reasons = [];
  for (const candidate of candidates) {
    const reason = findDecisionRefusal(standing, candidate, decision, now);
    if (!reason) return ok(candidate);
    reasons.push(reason);
  }
  const [only] = reasons;
  if (only && reasons.length === 1) return only;
  return (
    reasons.find(({ refusal }) => !personal.has(refusal.code)) ??
    refuse('no-colleague', nobody[decision])
  );
}
