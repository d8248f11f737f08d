/**
 * The door to an Ethereum node: standard JSON-RPC, so any provider's endpoint works. Questions throw
 * EthereumRpcError within the time-out; sending answers with a value, because its outcome can be
 * unknown.
 */
import type { FeeMarket } from '../fees.ts';
import {
  balanceAt,
  codeAt,
  estimateGas,
  nonceAt,
  tokenBalanceAt,
  type BlockAt,
  type GasEstimate,
} from './accounts.ts';
import { quantity, transactionAnswer, type BlockPlace } from './answers.ts';
import {
  checkMark,
  findKept,
  getBlock,
  type Block,
  type BlockMark,
  type MarkState,
} from './blocks.ts';
import type { ChainIdentity } from './chain-guard.ts';
import { readFeeMarket } from './fee-market.ts';
import { scanBlock, type ScannedBlock } from './movements.ts';
import {
  ask,
  askIdentity,
  openConnection,
  type ClientOptions,
  type RpcConnection,
} from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';
import { sendTransaction, type SendOutcome } from './send-transaction.ts';
import { signatureOf } from './signature-of.ts';
import { tokenEventsIn, type EventQuery, type PlacedMovement } from './token-events.ts';
import { unknownBalanceAt, unknownTokensIn, type UnknownArrival } from './unknown-tokens.ts';
import { checkToken, type ExpectedToken, type TokenCheck } from './token-facts.ts';
import {
  findFate,
  getReceipt,
  type Fate,
  type FateQuery,
  type Receipt,
} from './transaction-fate.ts';

export type EthereumClient = {
  /** For the functions of this folder that need several questions. */
  connection: RpcConnection;
  identity(): Promise<ChainIdentity>;
  /** Number of the newest block. */
  blockNumber(): Promise<bigint>;
  getBlock(place: Exclude<BlockPlace, 'pending'>): Promise<Block | null>;
  checkMark(mark: BlockMark): Promise<MarkState>;
  /** @param marks newest first. */
  findKept(marks: readonly BlockMark[]): Promise<BlockMark | null>;
  /** Wei. */
  getBalance(account: string, place: BlockPlace | BlockAt): Promise<bigint>;
  /** In the token's smallest unit. */
  getTokenBalance(token: string, account: string, place: BlockPlace | BlockAt): Promise<bigint>;
  getNonce(account: string, place: BlockPlace): Promise<bigint>;
  getCode(account: string): Promise<Uint8Array>;
  checkToken(contract: string, expected: ExpectedToken): Promise<TokenCheck>;
  getFeeMarket(): Promise<FeeMarket>;
  /** `value` in wei. */
  estimateGas(transfer: {
    from: string;
    to: string;
    value: bigint;
    data: Uint8Array;
  }): Promise<GasEstimate>;
  /** A node's answer that proves nothing is `unknown`; throws only for a node of another chain. */
  sendTransaction(raw: Uint8Array): Promise<SendOutcome>;
  /** Whether the node knows the transaction, in a block or waiting. */
  knows(hash: string): Promise<boolean>;
  /** What a transaction is signed with, as the node says: 65 bytes; null for one of another kind. */
  signatureOf(hash: string): Promise<Uint8Array | null>;
  getReceipt(hash: string): Promise<Receipt | null>;
  findFate(query: FateQuery): Promise<Fate>;
  /** What happened to our accounts in a block; null for one that the node does not have yet. */
  scanBlock(number: bigint, query: EventQuery): Promise<ScannedBlock | null>;
  /** What known tokens say of our accounts in a span of blocks, for catching up. */
  tokenEventsIn(span: { from: bigint; to: bigint }, query: EventQuery): Promise<PlacedMovement[]>;
  /** What other contracts say that they moved to our accounts. */
  unknownTokensIn(span: { from: bigint; to: bigint }, query: EventQuery): Promise<UnknownArrival[]>;
  /** As such a contract says; zero where it says nothing that can be. */
  unknownBalance(token: string, account: string, place: BlockAt): Promise<bigint>;
};

/** @throws TypeError on a URL or time-out that can't be. */
export function createEthereumClient(url: string, options: ClientOptions = {}): EthereumClient {
  const connection = openConnection(url, options);
  return {
    connection,
    identity: () => askIdentity(connection),
    blockNumber: () => ask(connection, 'eth_blockNumber', [], quantity),
    getBlock: (place) => getBlock(connection, place),
    checkMark: (mark) => checkMark(connection, mark),
    findKept: (marks) => findKept(connection, marks),
    getBalance: (account, place) => balanceAt(connection, account, place),
    getTokenBalance: (token, account, place) => tokenBalanceAt(connection, token, account, place),
    getNonce: (account, place) => nonceAt(connection, account, place),
    getCode: (account) => codeAt(connection, account),
    checkToken: (contract, expected) => checkToken(connection, contract, expected),
    getFeeMarket: () => readFeeMarket(connection),
    estimateGas: (transfer) => estimateGas(connection, transfer),
    sendTransaction: (raw) => sendTransaction(connection, raw),
    knows: (hash) => knows(connection, hash),
    signatureOf: (hash) => signatureOf(connection, hash),
    getReceipt: (hash) => getReceipt(connection, hash),
    findFate: (query) => findFate(connection, query),
    scanBlock: (number, query) => scanBlock(connection, number, query),
    tokenEventsIn: (span, query) => tokenEventsIn(connection, span, query),
    unknownTokensIn: (span, query) => unknownTokensIn(connection, span, query),
    unknownBalance: (token, account, place) => unknownBalanceAt(connection, token, account, place),
  };
}

async function knows(connection: RpcConnection, hash: string): Promise<boolean> {
  const found = await ask(connection, 'eth_getTransactionByHash', [hash], transactionAnswer);
  if (found && found.hash !== hash)
    throw badAnswer('eth_getTransactionByHash', 'another transaction');
  return found !== null;
}
