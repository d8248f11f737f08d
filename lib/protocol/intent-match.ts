/** Compares an intent with what the party itself knows and with the transaction it would sign. */
import type { DecideInput } from './decide-input.ts';
import type { Intent } from './intent.ts';
import {
  matchFreeze,
  matchListing,
  matchRelease,
  matchRemoval,
  matchRevocation,
} from './match-book.ts';
import { matchControl } from './match-control.ts';
import { matchKeyCeremony, matchRepair, matchWholeKey } from './match-keys.ts';
import { matchVaultTransfer } from './match-transfer.ts';
import { matchWithdrawal } from './match-withdrawal.ts';
import { findPolicyChangeRefusal } from './policy-change.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { findRosterChangeRefusal } from './roster-change.ts';
import { findUnproved } from './vault-proof.ts';

/** What a match is measured by beside the party's own state. */
type MatchGround = {
  /** The policy in force and, where it was another, that of the raise. */
  policies: readonly Policy[];
  /** Id of the person who raised it; null before anyone did. */
  raiser: string | null;
};

/**
 * @param ground when absent, the policy in force applies and nobody has raised it yet.
 * @returns the first thing in which the intent, the party's own state and the transaction differ.
 */
export function findMismatch(
  intent: Intent,
  input: DecideInput,
  { policies, raiser }: MatchGround = { policies: [input.policy], raiser: null },
): PartyRefusal | null {
  if (intent.kind === 'withdrawal') return matchWithdrawal(intent, input, policies);
  if (intent.kind === 'vault-transfer') return matchVaultTransfer(intent, input, policies);
  if (input.transaction !== null) return 'transaction-unexpected';
  switch (intent.kind) {
    case 'key-ceremony':
      return matchKeyCeremony(intent, input);
    case 'key-refresh':
    case 'key-backup':
      return matchWholeKey(intent, input);
    case 'key-repair':
      return matchRepair(intent, input);
    case 'proof-of-control':
      return matchControl(intent, input);
    case 'roster-change':
      return findRosterChangeRefusal(input, intent.roster);
    case 'policy-change':
      return (
        findPolicyChangeRefusal(input, intent.policy) ??
        (findUnproved(intent.policy, input.policy, input.roster) ? 'own-vault-unproved' : null)
      );
    case 'destination-listing':
      return matchListing(intent, input, policies);
    case 'destination-removal':
      return matchRemoval(intent, input);
    case 'freeze':
      return matchFreeze(intent, input);
    case 'release':
      return matchRelease(intent, input);
    case 'revocation':
      return matchRevocation(intent, input, raiser);
  }
}
