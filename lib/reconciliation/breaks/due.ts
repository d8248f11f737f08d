import type { Cause } from '../matching/cause.ts';
import { addBusinessDays } from './business-days.ts';

/** Working days until a break of this cause must be closed. */
const daysOf: Readonly<Record<Cause, number>> = {
  timing: 1,
  'missing-in-ledger': 2,
  'missing-outside': 2,
  amount: 2,
  duplicate: 2,
  fee: 5,
  reorg: 0,
  unknown: 2,
};

/** Less is there than clients are owed, and waiting alone will not bring it. */
export const isUnexplainedShortfall = (amount: bigint, cause: Cause): boolean =>
  amount < 0n && cause !== 'timing';

/**
 * When a break must be closed. Clients' coins that are missing are for the same day, whatever day it is;
 * everything else counts working days by its cause.
 */
export function dueOf({ amount, cause, at }: { amount: bigint; cause: Cause; at: Date }): Date {
  if (isUnexplainedShortfall(amount, cause)) return endOfDay(at);
  return addBusinessDays(at, daysOf[cause]);
}

const dayMs = 86_400_000;
const endOfDay = (at: Date): Date => new Date((Math.floor(at.getTime() / dayMs) + 1) * dayMs - 1);
