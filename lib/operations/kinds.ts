/** The kinds of operation the console runs, and what each is called. */
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';

export type KindFacts = {
  /** Start of the number people use, such as WD-2026-000001. */
  prefix: string;
  /** As a table cell or a heading has it. */
  name: string;
  /** Inside a sentence: "You raised this withdrawal". */
  noun: string;
};

export const kindFacts: Readonly<Record<IntentKind, KindFacts>> = {
  withdrawal: { prefix: 'WD', name: 'Withdrawal', noun: 'withdrawal' },
  'key-ceremony': { prefix: 'KC', name: 'Key ceremony', noun: 'key ceremony' },
  'key-refresh': { prefix: 'KR', name: 'Refresh key', noun: 'key refresh' },
  'key-repair': { prefix: 'KX', name: 'Repair share', noun: 'share repair' },
  'key-backup': { prefix: 'KB', name: 'Back up shares', noun: 'share backup' },
  'proof-of-control': {
    prefix: 'CP',
    name: 'Proof of control',
    noun: 'proof of control',
  },
  'vault-transfer': { prefix: 'VT', name: 'Vault transfer', noun: 'transfer between vaults' },
  'roster-change': { prefix: 'RC', name: 'Roster change', noun: 'roster change' },
  'policy-change': { prefix: 'PC', name: 'Policy change', noun: 'policy change' },
  'destination-listing': {
    prefix: 'DS',
    name: 'List destination',
    noun: 'destination listing',
  },
  'destination-removal': {
    prefix: 'DR',
    name: 'Remove destination',
    noun: 'destination removal',
  },
  freeze: { prefix: 'FZ', name: 'Freeze', noun: 'freeze' },
  release: { prefix: 'RL', name: 'Release freeze', noun: 'release' },
  revocation: { prefix: 'RV', name: 'Revoke keys', noun: 'revocation' },
};
