/**
 * This party's word about the vaults whose keys it holds a share of, from the key it stored and the
 * address it derives: for parties that hold none and have to tell an own vault from any other address.
 */
import { isPooled } from '#lib/chains/account-address.ts';
import { receiptBytes } from '#lib/protocol/vault-proof.ts';
import type { SignedVaultReceipt, VaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { publicKeyOf } from '../frost/group.ts';
import { signBytes } from '../wire/identity.ts';
import { answer, keysOf, refuse, type Answer, type Party } from './party.ts';
import type { KeyRecord } from './store/keys.ts';
import type { Trust } from './store/trust.ts';
import { vaultAddress } from './vault-address.ts';

/** @returns null for a key on a chain for which this party has no addresses. */
function signedFor(party: Party, { roster }: Trust, record: KeyRecord): SignedVaultReceipt | null {
  const address = vaultAddress(record);
  if (address === null) return null;
  const receipt: VaultReceipt = {
    type: 'countersign/vault-receipt/v1',
    organisation: roster.organisation,
    environment: roster.environment,
    vault: record.vault,
    tier: record.tier,
    chain: record.chain,
    address,
    key: record.key,
    suite: record.suite,
    ...(isPooled(record.chain) ? {} : { publicKey: publicKeyOf(record.group) }),
    threshold: record.group.threshold,
    holders: record.members.map(({ name }) => name),
  };
  const signature = signBytes(party.identity, receiptBytes(receipt));
  return { receipt, party: party.config.name, signature };
}

/** Before every member confirmed it a key is nobody's vault yet. */
const usableKeys = (party: Party): KeyRecord[] =>
  keysOf(party).filter(({ state }) => state === 'usable');

/** The word about the vault of one key; asked again it is the same. */
export function giveVaultReceipt(
  party: Party,
  { key }: { key: string },
): Answer<SignedVaultReceipt> {
  if (!party.trust) return refuse('genesis-missing');
  const record = usableKeys(party).find((entry) => entry.key === key);
  const signed = record && signedFor(party, party.trust, record);
  return signed ? answer(signed) : refuse('key-unknown');
}

/** Documents that travel stay small: a site with more vaults than this gives the others on later trips. */
export const RECEIPTS_MAX = 8;

/**
 * As many as fit, beginning with another one on each trip. Pure.
 * @param trip 32 random bytes in hex.
 */
export function inTurn<T>(items: readonly T[], trip: string): T[] {
  const start =
    items.length > RECEIPTS_MAX ? Number.parseInt(trip.slice(0, 8), 16) % items.length : 0;
  return [...items.slice(start), ...items.slice(0, start)].slice(0, RECEIPTS_MAX);
}

/** What goes with every answer of a cold party, which nobody can ask over a network. */
export function receiptsForTrip(party: Party, trip: string): SignedVaultReceipt[] {
  const { trust } = party;
  if (!trust) return [];
  return inTurn(usableKeys(party), trip).flatMap((record) => signedFor(party, trust, record) ?? []);
}
