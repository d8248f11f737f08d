/** The kinds of operation the console runs, and what each is called. */
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';

export type KindFacts = {
  /** Start of the number people use, such as WD-2026-000001. */
  prefix: string;
  /** As a table cell or a heading has it. */
  name: string;
  /** Inside a sentence: "You raised this withdrawal". */
  noun: string;
  /** True when the operation ends in a transaction on a chain. */
  onChain: boolean;
};

export const kindFacts: Readonly<Record<IntentKind, KindFacts>> = {
  withdrawal: { prefix: 'WD', name: 'Withdrawal', noun: 'withdrawal', onChain: true },
  'key-ceremony': { prefix: 'KC', name: 'Key ceremony', noun: 'key ceremony', onChain: false },
  'roster-change': { prefix: 'RC', name: 'Roster change', noun: 'roster change', onChain: false },
  'destination-listing': {
    prefix: 'DS',
    name: 'List destination',
    noun: 'destination listing',
    onChain: false,
  },
};
