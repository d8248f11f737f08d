/**
 * Where an owner's account lies in a vault of which this party holds no share: worked out from the key that the vault's
 * holders name in the receipts that the policy carries. They were verified when the party took the policy over.
 */
import { accountAddress } from '#lib/chains/account-address.ts';
import type { OwnVault, Policy } from '#lib/protocol/policy.ts';
import { fromHex } from '../wire/encoding.ts';

type Of = { vault: string; chain: string; owner: string | null };

/**
 * @param policies every one that counts for the operation; what one of them does not tell, nobody knows.
 * @returns null where any of them names no key for the vault, or they lead to different places.
 */
export function vouchedAccount(
  of: Of,
  policies: readonly Pick<Policy, 'ownVaults'>[],
): string | null {
  const found = new Set(
    policies.map(({ ownVaults = [] }) => {
      const entry = ownVaults.find(({ vault }) => vault === of.vault);
      return entry ? accountBy(entry, of) : null;
    }),
  );
  const [only = null] = found;
  return found.size === 1 ? only : null;
}

/** The key has to be the one whose own address is vouched for. */
function accountBy({ chain, address, receipts = [] }: OwnVault, of: Of): string | null {
  const [first] = receipts;
  const { suite, publicKey } = first?.receipt ?? {};
  if (suite === undefined || publicKey === undefined || chain !== of.chain) return null;
  const at = (owner: string | null): string | null =>
    accountAddress({ chain, suite, publicKey: fromHex(publicKey), owner });
  try {
    return at(null) === address ? at(of.owner) : null;
  } catch {
    // Bytes that are no point of the curve: nobody's key.
    return null;
  }
}
