/**
 * A "no" by itself: a rejection or cancellation that one person signed, with nothing else beside
 * it. It needs no intent and no quorum, so nobody can keep it from counting by withholding the rest.
 */
import type { DecideInput } from './decide-input.ts';
import type { PartyRefusal } from './refusals.ts';
import { signedStatement, type SignedStatement } from './statement.ts';
import { findNoFault } from './statement-set.ts';

export type NoAnswer = { ok: true; signed: SignedStatement } | { ok: false; refusal: PartyRefusal };

/** @param candidate from outside; anything at all. Never throws on it. */
export function decideNo(
  candidate: unknown,
  input: Pick<DecideInput, 'roster' | 'policy' | 'party' | 'now'>,
): NoAnswer {
  let signed: SignedStatement | undefined;
  try {
    signed = signedStatement.safeParse(candidate).data;
  } catch {
    signed = undefined;
  }
  if (!signed) return { ok: false, refusal: 'statements-malformed' };
  const refusal = findNoFault(signed, input);
  return refusal === null ? { ok: true, signed } : { ok: false, refusal };
}
