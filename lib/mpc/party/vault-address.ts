/** The party derives addresses itself, from the key it holds a share of. */
import { accountAddress } from '#lib/chains/account-address.ts';
import { publicKeyOf } from '../frost/group.ts';
import { fromHex } from '../wire/encoding.ts';
import type { KeyRecord } from './store/keys.ts';

/**
 * Where the account of an owner lies in a vault.
 * @param owner null for the custodian.
 * @returns null for a chain this party has no addresses for.
 */
export const ownerAddress = (
  { chain, suite, group }: KeyRecord,
  owner: string | null,
): string | null => accountAddress({ chain, suite, publicKey: fromHex(publicKeyOf(group)), owner });

/** The address of a vault is the custodian's own account in it. */
export const vaultAddress = (record: KeyRecord): string | null => ownerAddress(record, null);
