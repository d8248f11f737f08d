/** Decisions on the sample with one thing changed, for tests. */
import { decide } from '../decide.ts';
import type { DecideInput } from '../decide-input.ts';
import type { Intent, WithdrawalIntent } from '../intent.ts';
import type { PartyRefusal } from '../refusals.ts';
import { inputFor, withdrawal } from './sample.ts';

/** @returns null for an accepted input. */
export const refusalOf = (input: DecideInput): PartyRefusal | null => {
  const answer = decide(input);
  return answer.ok ? null : answer.refusal;
};
/** The sample withdrawal, raised and stated with other content. */
export const withIntent = (changes: Partial<WithdrawalIntent>): DecideInput =>
  inputFor({ ...withdrawal, ...changes });

/** A copy of an input whose party differs. */
export function withParty(
  changes: Partial<DecideInput['party']>,
  intent: Intent = withdrawal,
): DecideInput {
  const input = inputFor(intent);
  return { ...input, party: { ...input.party, ...changes } };
}

/** A transaction that differs from the intent. */
export function withTransaction(
  changes: Partial<NonNullable<DecideInput['transaction']>>,
): DecideInput {
  const input = inputFor(withdrawal);
  return { ...input, transaction: input.transaction && { ...input.transaction, ...changes } };
}
