import type { ReasonCode } from '#lib/protocol/statement.ts';

/** Why somebody rejected or cancelled, as it is chosen and as it is shown afterwards. */
export const reasonLabels: Readonly<Record<ReasonCode, string>> = {
  'wrong-details': 'Details are wrong',
  'not-expected': 'Nobody expects it',
  'suspected-fraud': 'Suspected fraud',
  'no-longer-needed': 'No longer needed',
  other: 'Something else',
};

/** "Rejected by Ada Olsen: suspected fraud"; without the reason where a statement has none. */
export function withReason(words: string, reason: ReasonCode | null): string {
  if (reason === null) return words;
  const label = reasonLabels[reason];
  return `${words}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
