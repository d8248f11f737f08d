import type { Chain } from './chain.ts';

/** What a method can ask of the connection beside its result. */
export type Exchange = { hangUp: boolean };

/** One RPC method. Throws RpcError for what the caller did wrong. */
export type Method = (chain: Chain, params: readonly unknown[], exchange: Exchange) => unknown;

export const withContext = (slot: number, value: unknown): unknown => ({
  context: { apiVersion: 'sandbox', slot },
  value,
});
