/** The address of a rebuilt or backed-up key, worked out from the key itself. */
import { accountAddress } from '#lib/chains/account-address.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { fromHex } from '../wire/encoding.ts';

/** @returns null for a chain we have no addresses for. */
export const addressOn = (chain: string, suite: KeySuite, publicKey: string): string | null =>
  accountAddress({ chain, suite, publicKey: fromHex(publicKey), owner: null });
