/**
 * The door to a Solana node: standard JSON-RPC, so any provider's endpoint works. Questions throw
 * SolanaRpcError within the time-out; sending answers with a value, because its outcome can be
 * unknown.
 */
import { address, blockhash } from '@solana/kit';
import { z } from 'zod';
import type { HistoryPage, HistoryQuery } from './account-history.ts';
import type { Movement } from './movement-reader.ts';
import { getMovements } from './movements.ts';
import { readNonceState, type NonceState } from './nonce-state.ts';
import {
  accountAnswer,
  balanceAnswer,
  hash32,
  latestBlockhashAnswer,
  simulationAnswer,
  u64,
  type Commitment,
} from './rpc-answers.ts';
import { ask, openConnection, type ClientOptions, type RpcConnection } from './rpc-call.ts';
import { sendTransaction, type SendOutcome } from './send-transaction.ts';
import { describeTransactionError } from './transaction-error.ts';
import { getStatus, type TransactionStatus } from './transaction-status.ts';
import { getTransfers, type TransferPage, type TransferQuery } from './transfers.ts';

export type SolanaHealth = {
  /** Identifies the cluster; differs between mainnet, test networks and every sandbox. */
  genesisHash: string;
  slot: bigint;
};

export type Simulation =
  | { ok: true; units: bigint | null }
  /** `error` is one line, such as `InstructionError 1 Custom 1`. */
  | { ok: false; error: string; logs: string[] };

export type SolanaClient = {
  /** For the functions of this folder that need several questions. */
  connection: RpcConnection;
  /** Lamports; 0 for an account that doesn't exist. */
  getBalance(account: string, commitment?: Commitment): Promise<bigint>;
  getNonce(account: string, commitment?: Commitment): Promise<NonceState>;
  /** Lamports an account with this many bytes must hold; 0 bytes for a plain account. */
  getRentExemptMinimum(bytes: bigint): Promise<bigint>;
  getLatestBlockhash(): Promise<string>;
  /** A node's answer that proves nothing is `unknown`; throws only for a node of another chain. */
  sendTransaction(transaction: Uint8Array): Promise<SendOutcome>;
  getStatus(transactionId: string): Promise<TransactionStatus>;
  /** What an address received, oldest first. */
  getTransfers(account: string, query: TransferQuery): Promise<TransferPage>;
  /** What happened to the balance of an address, oldest first. */
  getMovements(account: string, query: HistoryQuery): Promise<HistoryPage<Movement>>;
  /** Dry run at the newest state; signatures may be empty. */
  simulate(transaction: Uint8Array): Promise<Simulation>;
  /** @throws SolanaRpcError `rpc-node-unhealthy` when the node is behind. */
  health(): Promise<SolanaHealth>;
};

/** @throws TypeError on a URL or time-out that can't be. */
export function createSolanaClient(url: string, options: ClientOptions = {}): SolanaClient {
  const connection = openConnection(url, options);
  return {
    connection,
    getBalance: (account, commitment = 'confirmed') => getBalance(connection, account, commitment),
    getNonce: (account, commitment = 'confirmed') => getNonce(connection, account, commitment),
    getRentExemptMinimum: (bytes) =>
      ask(
        connection,
        'getMinimumBalanceForRentExemption',
        (rpc) => rpc.getMinimumBalanceForRentExemption(bytes),
        u64,
      ),
    getLatestBlockhash: () => getLatestBlockhash(connection),
    sendTransaction: (transaction) => sendTransaction(connection, transaction),
    getStatus: (transactionId) => getStatus(connection, transactionId),
    getTransfers: (account, query) => getTransfers(connection, account, query),
    getMovements: (account, query) => getMovements(connection, account, query),
    simulate: (transaction) => simulate(connection, transaction),
    health: () => health(connection),
  };
}

async function getBalance(
  connection: RpcConnection,
  account: string,
  commitment: Commitment,
): Promise<bigint> {
  const answer = await ask(
    connection,
    'getBalance',
    (rpc) => rpc.getBalance(address(account), { commitment }),
    balanceAnswer,
  );
  return answer.value;
}

async function getNonce(
  connection: RpcConnection,
  account: string,
  commitment: Commitment,
): Promise<NonceState> {
  const { value } = await ask(
    connection,
    'getAccountInfo',
    (rpc) => rpc.getAccountInfo(address(account), { commitment, encoding: 'base64' }),
    accountAnswer,
  );
  return readNonceState(
    value && { owner: value.owner, data: new Uint8Array(Buffer.from(value.data[0], 'base64')) },
  );
}

async function getLatestBlockhash(connection: RpcConnection): Promise<string> {
  const answer = await ask(
    connection,
    'getLatestBlockhash',
    (rpc) => rpc.getLatestBlockhash({ commitment: 'confirmed' }),
    latestBlockhashAnswer,
  );
  return blockhash(answer.value.blockhash);
}

async function simulate(connection: RpcConnection, transaction: Uint8Array): Promise<Simulation> {
  const wire = Buffer.from(transaction).toString('base64') as Parameters<
    RpcConnection['rpc']['simulateTransaction']
  >[0];
  const { value } = await ask(
    connection,
    'simulateTransaction',
    (rpc) =>
      rpc.simulateTransaction(wire, {
        encoding: 'base64',
        commitment: 'processed',
        sigVerify: false,
      }),
    simulationAnswer,
  );
  if (value.err === null) return { ok: true, units: value.unitsConsumed ?? null };
  return { ok: false, error: describeTransactionError(value.err), logs: value.logs ?? [] };
}

async function health(connection: RpcConnection): Promise<SolanaHealth> {
  await ask(connection, 'getHealth', (rpc) => rpc.getHealth(), z.literal('ok'));
  const genesisHash = await ask(
    connection,
    'getGenesisHash',
    (rpc) => rpc.getGenesisHash(),
    hash32,
  );
  const slot = await ask(
    connection,
    'getSlot',
    (rpc) => rpc.getSlot({ commitment: 'confirmed' }),
    u64,
  );
  return { genesisHash, slot };
}
