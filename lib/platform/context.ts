/** What every use case needs from outside: the database, the time and where it runs. */
import type { Database } from './db/client.ts';
import type { Clock } from './clock.ts';
import type { SourceAddress } from './env-values.ts';

/** Addresses of nodes. Two of a family are asked the same and compared. */
export type ChainNodes = { bitcoin?: readonly string[]; ethereum?: readonly string[] };

export type Settings = {
  mode: 'sandbox' | 'production';
  /** Slug of the custodian, inside every signed document. */
  organisation: string;
  /** The console's own origin, exactly as browsers spell it. */
  origin: string;
  /** WebAuthn relying-party id. */
  rpId: string;
  /** AAGUIDs of security-key models that production accepts for approvals. */
  approvedModels: readonly string[];
  /** PEM certificates of the makers whose attestations count in production. */
  attestationRoots: readonly string[];
  /** Where sources answer that policies name; what they say counts only with their signature. */
  sources?: readonly SourceAddress[];
  /** Address of the Solana node that questions of the console go to; without it none are asked. */
  solanaRpc?: string;
  /** Nodes of other chains by family, one or two of each; a chain without one is not served here. */
  nodes?: ChainNodes;
};

export type Context = { db: Database; clock: Clock; settings: Settings };
