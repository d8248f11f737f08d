/** Whether the entries of a policy about own vaults are vouched for by those that hold their keys. */
import { isSignedBy } from './ed25519-verify.ts';
import { digestOf } from './intent.ts';
import type { OwnVault, Policy } from './policy.ts';
import type { Roster } from './roster.ts';
import { taggedBytes } from './statement.ts';
import type { SignedVaultReceipt, VaultReceipt } from './vault-receipt.ts';

type Ground = Pick<Roster, 'organisation' | 'environment' | 'parties'>;

/** The bytes a holder signs. */
export const receiptBytes = (of: VaultReceipt): Uint8Array => taggedBytes(of);

/** True for the word of a pinned party that the receipt itself names as a holder. */
export function isOfHolder(
  { receipt, party, signature }: SignedVaultReceipt,
  { organisation, environment, parties }: Ground,
): boolean {
  const pinned = parties.find(({ name }) => name === party);
  return (
    pinned !== undefined &&
    receipt.holders.includes(party) &&
    receipt.organisation === organisation &&
    receipt.environment === environment &&
    isSignedBy({ publicKey: pinned.identityKey, bytes: receiptBytes(receipt), signature })
  );
}

/**
 * True where at least as many different holders as sign together say the same of the vault, and say
 * what the entry says. One receipt that is not so spoils the entry: nobody honest adds one.
 */
export function isVouchedFor(
  { vault, chain, address, receipts = [] }: OwnVault,
  roster: Ground,
): boolean {
  const [first] = receipts;
  if (!first) return false;
  const { receipt } = first;
  const same = digestOf(receipt);
  return (
    receipt.vault === vault &&
    receipt.chain === chain &&
    receipt.address === address &&
    new Set(receipts.map(({ party }) => party)).size === receipts.length &&
    receipts.length >= receipt.threshold &&
    receipts.every((signed) => digestOf(signed.receipt) === same && isOfHolder(signed, roster))
  );
}

/**
 * The first entry that nobody vouches for; null when there is none. One that the policy in force has
 * word for word was looked at when that came into force.
 */
export function findUnproved(
  next: Pick<Policy, 'ownVaults'>,
  inForce: Pick<Policy, 'ownVaults'>,
  roster: Ground,
): OwnVault | null {
  const had = new Set((inForce.ownVaults ?? []).map((entry) => digestOf(entry)));
  return (
    (next.ownVaults ?? []).find(
      (entry) => !had.has(digestOf(entry)) && !isVouchedFor(entry, roster),
    ) ?? null
  );
}
