import type { Decision } from '#lib/protocol/statement.ts';

/** What somebody did who made a decision: "You have approved it already". */
export const decisionPast: Readonly<Record<Decision, string>> = {
  raise: 'raised',
  approve: 'approved',
  cosign: 'co-signed',
  reject: 'rejected',
  cancel: 'cancelled',
};
