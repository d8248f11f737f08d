/** The party derives addresses itself, from the key it holds a share of. */
import { accountAddress } from '#lib/chains/account-address.ts';
import type { AccountBranch } from '#lib/protocol/account-path.ts';
import { publicKeyOf } from '../frost/group.ts';
import { fromHex } from '../wire/encoding.ts';
import type { KeyRecord } from './store/keys.ts';

/**
 * Where the account of an owner lies in a vault.
 * @param owner null for the custodian.
 * @param branch where it is paid, unless said otherwise.
 * @returns null for a chain this party has no addresses for.
 */
export const ownerAddress = (
  { chain, suite, group }: KeyRecord,
  owner: string | null,
  branch?: AccountBranch,
): string | null =>
  accountAddress({
    chain,
    suite,
    publicKey: fromHex(publicKeyOf(group)),
    owner,
    ...(branch && { branch }),
  });

/** The address of a vault is the custodian's own account in it. */
export const vaultAddress = (record: KeyRecord): string | null => ownerAddress(record, null);
