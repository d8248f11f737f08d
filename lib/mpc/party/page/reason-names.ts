import type { ReasonCode } from '#lib/protocol/statement.ts';

/** Why somebody says no. */
export const reasonNames: Readonly<Record<ReasonCode, string>> = {
  'wrong-details': 'Details are wrong',
  'not-expected': 'Nobody expects it',
  'suspected-fraud': 'Suspected fraud',
  'no-longer-needed': 'No longer needed',
  other: 'Something else',
};
