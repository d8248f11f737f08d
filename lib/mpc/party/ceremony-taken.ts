/** Which names of keys and vaults are taken: by every share this party ever confirmed. */
import type { Refusal } from '../refusals.ts';
import { keysOf, type Party } from './party.ts';

/** True once this party confirmed a share of the key; from then on it is never replaced. */
export function isConfirmed(party: Party, key: string): boolean {
  return keysOf(party).some((record) => record.key === key && record.state !== 'unconfirmed');
}

/**
 * One key for a vault and one operation for a key, also where no party may use it yet: otherwise
 * two ceremonies could end as two keys of one vault, each usable at some of the parties.
 */
export function findTaken(
  party: Party,
  of: { key: string; vault: string; intentDigest: string },
): Refusal | null {
  const confirmed = keysOf(party).filter(({ state }) => state !== 'unconfirmed');
  if (confirmed.some(({ key, intentDigest }) => key === of.key && intentDigest !== of.intentDigest))
    return 'key-exists';
  return confirmed.some(({ key, vault }) => vault === of.vault && key !== of.key)
    ? 'vault-exists'
    : null;
}
