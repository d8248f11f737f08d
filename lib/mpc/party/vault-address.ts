/** The party derives the address of each vault itself, from the key it holds a share of. */
import { addressOf } from '#lib/chains/solana/address.ts';
import { publicKeyOf } from '../frost/group.ts';
import { fromHex } from '../wire/encoding.ts';
import type { KeyRecord } from './store/keys.ts';

/** @returns null for a chain this party has no addresses for. */
export function vaultAddress(record: KeyRecord): string | null {
  return record.chain.startsWith('solana:') ? addressOf(fromHex(publicKeyOf(record.group))) : null;
}
