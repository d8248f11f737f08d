import { valueOf } from '#lib/identity/testing/people.ts';
import type { JournalLine } from '#lib/ledger/post-journal.ts';
import type { Context } from '#lib/platform/context.ts';
import { typedLine } from '../suggest.ts';
import { approve, raise, type Signer } from './press-correction.ts';

export type WantedCorrection = {
  /** Smallest unit; more than zero is a debit. */
  lines: readonly JournalLine[];
  /** The journal that it corrects; none for a new booking. */
  corrects?: bigint | null;
};

/**
 * The only way to a journal of the kind `correction`: the first person raises it, the second approves it.
 * @returns the number of its journal. @throws the refusal, where one of them is refused.
 */
export async function raiseAndApprove(
  [raiser, approver]: readonly [Signer, Signer],
  { lines, corrects = null }: WantedCorrection,
  context: Context,
): Promise<bigint> {
  const wanted = {
    lines: lines.map(({ account, amount }) => typedLine(account, amount)),
    corrects: corrects?.toString() ?? null,
  };
  const { correction } = valueOf(await raise(raiser, wanted, context));
  const { journal } = valueOf(await approve(approver, correction, context));
  if (journal === null) throw new Error('An approved correction has a journal.');
  return BigInt(journal);
}
