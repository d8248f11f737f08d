/** Why two sides differ, as far as what is on record tells. */
export const causes = [
  'timing',
  'missing-in-ledger',
  'missing-outside',
  'amount',
  'duplicate',
  'fee',
  'reorg',
  'unknown',
] as const;
export type Cause = (typeof causes)[number];

export type Circumstances = {
  /** Which sides tell of it; `neither` for a difference of balances that no item explains. */
  sides: 'both' | 'ledger' | 'outside' | 'neither';
  /** Both sides tell of it and differ by no more than a rule allows for a fee. */
  isWithinFee: boolean;
  /** The same side tells of the same thing twice, and the other one once. */
  hasTwin: boolean;
  /** The books say where the chain showed it, and the chain shows it no more. */
  wasSeenOutside: boolean;
  /** Something of ours is on its way that will bring the other side. */
  isUnderWay: boolean;
  /** Younger than the other side may take. */
  isYoung: boolean;
};

/**
 * The decision table; the first line that fits counts.
 *
 * | sides | and | cause |
 * |---|---|---|
 * | neither | | unknown |
 * | both | differ by no more than a fee | fee |
 * | both | | amount |
 * | one | told twice there, once by the other | duplicate |
 * | ledger | the chain had it when it was booked, and has it no more | reorg |
 * | one | on its way, or younger than the other side may take | timing |
 * | ledger | | missing-outside |
 * | outside | | missing-in-ledger |
 */
export function causeOf(found: Circumstances): Cause {
  if (found.sides === 'neither') return 'unknown';
  if (found.sides === 'both') return found.isWithinFee ? 'fee' : 'amount';
  if (found.hasTwin) return 'duplicate';
  if (found.sides === 'ledger' && found.wasSeenOutside) return 'reorg';
  if (found.isUnderWay || found.isYoung) return 'timing';
  return found.sides === 'ledger' ? 'missing-outside' : 'missing-in-ledger';
}
