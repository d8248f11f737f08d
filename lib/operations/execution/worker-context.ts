/** What the worker has beyond every use case: the parties, the chain and the fee account. */
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import type { FeePayer } from '#lib/chains/solana/fee-payer.ts';
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';
import type { WaitReason } from '../progress/wait.ts';

export type WorkerContext = Context & {
  parties: readonly PartyClient[];
  solana: SolanaClient;
  feePayer: FeePayer;
  /** Each where a node of it is configured. */
  bitcoin?: BitcoinSource;
  ethereum?: EthereumClient;
  /** Takes down what the operation that is being taken on waits for; the last word counts. */
  waits?: (reason: WaitReason) => void;
};
