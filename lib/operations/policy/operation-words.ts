/** What an operation is about, in a few words, read from its intent. Pure. */
import type { Intent } from '#lib/protocol/intent.ts';
import { amountText } from '../policy-words.ts';

export function describeSubjectOf(intent: Intent): string {
  switch (intent.kind) {
    case 'withdrawal':
      return `${amountText(intent.amount, intent.asset)} from vault ${intent.vault}, client ${intent.client}`;
    case 'vault-transfer':
      return `${amountText(intent.amount, intent.asset)} from vault ${intent.vault} to vault ${intent.destination.vault}`;
    case 'destination-listing':
      return `destination of client ${intent.destination.client} for ${intent.destination.asset}`;
    case 'key-ceremony':
      return `key of vault ${intent.vault.id}`;
    case 'key-refresh':
    case 'key-repair':
    case 'key-backup':
      return `key ${intent.key}`;
    case 'proof-of-control':
      return `control of vault ${intent.vault}`;
    case 'roster-change':
      return `roster version ${intent.roster.version}`;
    case 'policy-change':
      return `policy version ${intent.policy.version}`;
    case 'destination-removal':
      return `destination ${intent.destination}`;
    case 'freeze':
      return 'a freeze';
    case 'release':
      return 'the release of a freeze';
    case 'revocation':
      return `keys of ${intent.person}`;
  }
}
