/** RPC methods that read accounts. */
import { z } from 'zod';
import { base58 } from '@scure/base';
import type { AccountState } from './accounts.ts';
import type { Chain } from './chain.ts';
import { withContext, type Method } from './method.ts';
import { invalidParams } from './rpc-error.ts';
import { commitment, options, readParams, solanaAddress, u64 } from './rpc-params.ts';

const U64_MAX = 2n ** 64n - 1n;
const BASE58_BYTES_MAX = 128;
const ACCOUNTS_MAX = 100;

const accountOptions = options({
  commitment,
  encoding: z.enum(['base58', 'base64']).default('base58'),
  dataSlice: z.object({ offset: u64, length: u64 }).optional(),
});
type AccountOptions = z.output<typeof accountOptions>;

export const accountMethods: Readonly<Record<string, Method>> = {
  getBalance: (chain, params) => {
    const [address, asked] = readParams(
      z.tuple([solanaAddress, options({ commitment }).optional()]),
      params,
    );
    const level = asked?.commitment ?? 'finalized';
    return withContext(chain.slot(level), chain.account(address, level)?.lamports ?? 0n);
  },
  getAccountInfo: (chain, params) => {
    const [address, asked] = readParams(
      z.tuple([solanaAddress, accountOptions.optional()]),
      params,
    );
    return withContext(
      chain.slot(asked?.commitment ?? 'finalized'),
      show(chain, address, asked ?? null),
    );
  },
  getMultipleAccounts: (chain, params) => {
    const [addresses, asked] = readParams(
      z.tuple([
        z.array(solanaAddress).max(ACCOUNTS_MAX, `Too many inputs provided; max ${ACCOUNTS_MAX}`),
        accountOptions.optional(),
      ]),
      params,
    );
    return withContext(
      chain.slot(asked?.commitment ?? 'finalized'),
      addresses.map((address) => show(chain, address, asked ?? null)),
    );
  },
  getTokenAccountsByOwner: (chain, params) => {
    const [owner, { programId }, asked] = readParams(
      z.tuple([solanaAddress, z.object({ programId: solanaAddress }), accountOptions.optional()]),
      params,
    );
    const level = asked?.commitment ?? 'finalized';
    const bytes = Buffer.from(base58.decode(owner));
    const isTheirs = ({ owner: program, data }: AccountState): boolean =>
      program === programId && bytes.equals(data.subarray(TOKEN_OWNER.from, TOKEN_OWNER.to));
    return withContext(
      chain.slot(level),
      chain
        .changedAccounts(level)
        .flatMap(([pubkey, state]) =>
          isTheirs(state) ? [{ pubkey, account: showState(state, asked ?? null) }] : [],
        ),
    );
  },
};

function show(chain: Chain, address: string, asked: AccountOptions): unknown {
  const state = chain.account(address, asked?.commitment ?? 'finalized');
  return state === null ? null : showState(state, asked);
}

/** Where a token account names its owner. */
const TOKEN_OWNER = { from: 32, to: 64 };

function showState(state: AccountState, asked: AccountOptions): unknown {
  return {
    data: encodeData(slice(state, asked), asked?.encoding ?? 'base58'),
    executable: state.executable,
    lamports: state.lamports,
    owner: state.owner,
    rentEpoch: U64_MAX,
    space: state.data.length,
  };
}

function slice(state: AccountState, asked: AccountOptions): Uint8Array {
  if (!asked?.dataSlice) return state.data;
  const { offset, length } = asked.dataSlice;
  const within = (value: bigint): number => Number(value < 100_000_000n ? value : 100_000_000n);
  return state.data.subarray(within(offset), within(offset + length));
}

function encodeData(data: Uint8Array, encoding: 'base58' | 'base64'): unknown {
  if (encoding === 'base64') return [Buffer.from(data).toString('base64'), 'base64'];
  if (data.length > BASE58_BYTES_MAX)
    throw invalidParams(
      `Encoded binary (base 58) data should be less than ${BASE58_BYTES_MAX} bytes, please use Base64 encoding.`,
    );
  return [base58.encode(data), 'base58'];
}
