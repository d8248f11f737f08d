/** The address of a rebuilt or backed-up key, worked out from the key itself. */
import { addressOf } from '#lib/chains/solana/address.ts';
import { fromHex } from '../wire/encoding.ts';

/** @returns null for a chain we have no addresses for. */
export const addressOn = (chain: string, publicKey: string): string | null =>
  chain.startsWith('solana:') ? addressOf(fromHex(publicKey)) : null;
