/** What this party would answer to an operation as it was shown, at this moment. Writes nothing. */
import type { Decoded } from '#lib/chains/decoded.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { decideWithWait } from '#lib/protocol/decide.ts';
import type { Refusal } from '../refusals.ts';
import { hasOtherContent } from './attempt.ts';
import { decisionInput } from './decision-input.ts';
import { accountInVault } from './account-in-vault.ts';
import { decodeTransaction } from './decode-transaction.ts';
import { isFeeBoundTooHigh } from './fee-bound.ts';
import type { Party } from './party.ts';
import type { Presented } from './store/presented.ts';
import type { Trust } from './store/trust.ts';

export type DryDecision = {
  /** Null for a yes. */
  refusal: Refusal | null;
  /** How long the whole wait is, where the answer is that it runs. */
  waitSeconds: number;
  /** Everything the decision looked at. */
  input: DecideInput;
  /** As this party's decoder reads it; null where none was built yet, or it can't be read. */
  transaction: Decoded | null;
};

export function decideDry(party: Party, trust: Trust, shown: Presented): DryDecision {
  const { bundle } = shown;
  const decoded =
    shown.transaction &&
    decodeTransaction(
      shown.transaction.chain,
      new Uint8Array(Buffer.from(shown.transaction.message, 'base64url')),
      accountInVault(party, bundle.intent, shown.transaction.chain),
    );
  const transaction = decoded?.ok === true ? decoded.transaction : null;
  const input = decisionInput(party, trust, {
    loose: bundle,
    bundle,
    transaction,
    now: party.now(),
  });
  const no = (refusal: Refusal): DryDecision => ({ refusal, waitSeconds: 0, input, transaction });
  // The party reads the transaction before anything else, as it does when it is asked to sign.
  if (decoded?.ok === false) return no(decoded.refusal);
  const { answer, waitSeconds } = decideWithWait(input);
  if (!answer.ok) return { ...no(answer.refusal), waitSeconds };
  if (hasOtherContent(party, bundle.intent, shown.intentDigest))
    return no('operation-has-another-intent');
  if (isFeeBoundTooHigh(bundle.intent)) return no('fee-bound-too-high');
  return { refusal: null, waitSeconds, input, transaction };
}
