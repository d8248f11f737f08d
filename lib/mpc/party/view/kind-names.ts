/** What each kind of operation is called. */
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';

export const kindNames: Readonly<Record<IntentKind, string>> = {
  withdrawal: 'Withdrawal',
  'key-ceremony': 'Key ceremony',
  'key-refresh': 'Key refresh',
  'key-repair': 'Repair of a share',
  'key-backup': 'Backup of shares',
  'proof-of-control': 'Proof of control',
  'vault-transfer': 'Transfer between vaults',
  'roster-change': 'Roster change',
  'policy-change': 'Policy change',
  'destination-listing': 'Listing of a destination',
  'destination-removal': 'Removal of a destination',
  freeze: 'Freeze',
  release: 'Release of a freeze',
  revocation: 'Revocation of keys',
};
