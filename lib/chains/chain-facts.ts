/** What is said of a chain as data; everything that differs from chain to chain and is no code. */
import type { Environment } from '#lib/protocol/scalars.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';

export type ChainFamily = 'solana' | 'bitcoin' | 'ethereum';

export type ChainFacts = {
  /** CAIP-2 id. */
  chain: string;
  family: ChainFamily;
  /** What people call it. */
  name: string;
  /** Installations of the other environment refuse it. */
  environment: Environment;
  /** Code of what its fees are paid in. */
  feeAsset: string;
  /** What lives on it. */
  assets: readonly {
    asset: string;
    /** The token's address there, or null for the chain's own. */
    token: string | null;
    /** What a token's contract calls itself; its symbol is the asset's code where none is said. */
    names?: readonly string[];
    symbol?: string;
  }[];
  /** How keys of vaults on it may be made, the usual one first. */
  suites: readonly [KeySuite, ...KeySuite[]];
  /**
   * `pooled` where a vault has one address for all and a memo says whose a deposit is; `by-owner` where
   * every owner has addresses of their own (decision 24).
   */
  accounts: 'pooled' | 'by-owner';
  /** Whether a transfer can carry a text for its recipient. */
  takesMemo: boolean;
  /** Whether the custodian's fee account can pay, or only the account that sends. */
  feePaidBy: 'custodian' | 'sender';
  /**
   * Blocks, its own included, after which a transaction counts as final; null where the chain itself
   * says so.
   */
  confirmations: number | null;
  /** Highest network fee that an intent allows for one transfer, in the smallest unit of the fee asset. */
  highestFee: bigint;
};
