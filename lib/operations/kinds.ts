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
  'key-refresh': { prefix: 'KR', name: 'Refresh key', noun: 'key refresh', onChain: false },
  'key-repair': { prefix: 'KX', name: 'Repair share', noun: 'share repair', onChain: false },
  'key-backup': { prefix: 'KB', name: 'Back up shares', noun: 'share backup', onChain: false },
  'proof-of-control': {
    prefix: 'CP',
    name: 'Proof of control',
    noun: 'proof of control',
    onChain: false,
  },
  'roster-change': { prefix: 'RC', name: 'Roster change', noun: 'roster change', onChain: false },
  'policy-change': { prefix: 'PC', name: 'Policy change', noun: 'policy change', onChain: false },
  'destination-listing': {
    prefix: 'DS',
    name: 'List destination',
    noun: 'destination listing',
    onChain: false,
  },
  'destination-removal': {
    prefix: 'DR',
    name: 'Remove destination',
    noun: 'destination removal',
    onChain: false,
  },
  freeze: { prefix: 'FZ', name: 'Freeze', noun: 'freeze', onChain: false },
  release: { prefix: 'RL', name: 'Release freeze', noun: 'release', onChain: false },
  revocation: { prefix: 'RV', name: 'Revoke keys', noun: 'revocation', onChain: false },
};
