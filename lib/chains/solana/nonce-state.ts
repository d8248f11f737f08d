/** The state of a durable nonce account, read from its raw data. */
import { base58 } from '@scure/base';
import { addressOf } from './address.ts';

export type NonceState =
  | { state: 'missing' }
  /** Something else lives at the address: it can never become this nonce account. */
  | { state: 'foreign' }
  | { state: 'uninitialised' }
  | { state: 'ready'; value: string; authority: string };

const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const SIZE = 80;
const CURRENT_VERSION = 1;

/**
 * Layout: version (u32), state (u32), authority (32), value (32), lamports per signature (u64).
 * Accounts of the legacy version can't anchor a transaction, so they count as foreign.
 */
export function readNonceState(account: { owner: string; data: Uint8Array } | null): NonceState {
  if (account === null) return { state: 'missing' };
  const { owner, data } = account;
  if (owner !== SYSTEM_PROGRAM || data.length !== SIZE) return { state: 'foreign' };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const initialised = view.getUint32(4, true);
  if (initialised === 0) return { state: 'uninitialised' };
  if (initialised !== 1 || view.getUint32(0, true) !== CURRENT_VERSION) return { state: 'foreign' };
  return {
    state: 'ready',
    authority: addressOf(data.slice(8, 40)),
    value: base58.encode(data.slice(40, 72)),
  };
}
