/**
 * What happened to our accounts in one block, as far as it can be seen without a tracing node:
 * transactions from and to them, and the events of known tokens. Ether that a contract sends on
 * leaves neither, so each account's balance is compared with what was seen (`explainBalance`).
 */
import { concatBytes } from '@noble/hashes/utils.js';
import { bytesToHex } from 'viem/utils';
import type { z } from 'zod';
import { addressBytes, toChecksum } from '../address.ts';
import { logsAnswer } from './answers.ts';
import { getFullBlock, type BlockMark, type FullBlock } from './blocks.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';
import { getReceipt } from './transaction-fate.ts';

export type Movement = {
  /** The transaction. */
  hash: string;
  /** The token's contract; null for ether. */
  token: string | null;
  from: string;
  to: string;
  /** Wei, or the token's smallest unit; 0 for a transaction that only cost its fee. */
  amount: bigint;
  /** Wei that `from` paid for gas with this transaction; 0 for tokens, whose fee is on the ether line. */
  fee: bigint;
  /** Place of the event in the block, which with the hash names a movement of tokens; null for ether. */
  logIndex: bigint | null;
};

export type ScannedBlock = BlockMark & { parentHash: string; movements: Movement[] };

/** `Transfer(address,address,uint256)` (ERC-20). */
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
/** Addresses in one question: providers bound the size of a filter. */
const ACCOUNTS_AT_ONCE = 200;
const LOGS_BYTES_MAX = 8 * 1024 * 1024;

export type ScanQuery = {
  /** Ours, EIP-55. */
  accounts: ReadonlySet<string>;
  /** Contracts of the known tokens, EIP-55. What others call a transfer is nobody's word. */
  tokens: readonly string[];
};

/**
 * @returns null for a block that the node does not have yet.
 * @throws EthereumRpcError; `rpc-bad-answer` too where the node contradicts itself, so that nothing is
 * skipped silently.
 */
export async function scanBlock(
  connection: RpcConnection,
  number: bigint,
  query: ScanQuery,
): Promise<ScannedBlock | null> {
  const block = await getFullBlock(connection, number);
  if (!block) return null;
  const ether = await etherMovements(connection, block, query.accounts);
  const tokens = await tokenMovements(connection, block, query);
  const { hash, parentHash } = block;
  return { number, hash, parentHash, movements: [...ether, ...tokens] };
}

async function etherMovements(
  connection: RpcConnection,
  block: FullBlock,
  accounts: ReadonlySet<string>,
): Promise<Movement[]> {
  const found: Movement[] = [];
  for (const { hash, from, to, value } of block.transactions) {
    const isSent = accounts.has(from);
    const isReceived = to !== null && accounts.has(to);
    if (!isSent && !(isReceived && value > 0n)) continue;
    const receipt = await getReceipt(connection, hash);
    if (receipt?.blockHash !== block.hash || receipt.from !== from)
      throw badAnswer('eth_getTransactionReceipt', 'a listed transaction is missing or elsewhere');
    const succeeded = receipt.status === '0x1';
    if (!isSent && !succeeded) continue;
    found.push({
      hash,
      token: null,
      from,
      // A transaction that creates a contract has no recipient; what it moves is no transfer of ours.
      to: to ?? from,
      amount: succeeded && to !== null ? value : 0n,
      fee: isSent ? receipt.gasUsed * receipt.effectiveGasPrice : 0n,
      logIndex: null,
    });
  }
  return found;
}

async function tokenMovements(
  connection: RpcConnection,
  block: FullBlock,
  { accounts, tokens }: ScanQuery,
): Promise<Movement[]> {
  if (tokens.length === 0) return [];
  const found = new Map<bigint, Movement>();
  const ours = [...accounts];
  for (let start = 0; start < ours.length; start += ACCOUNTS_AT_ONCE) {
    const topics = ours.slice(start, start + ACCOUNTS_AT_ONCE).map(topicOf);
    for (const filter of [
      [TRANSFER, null, topics],
      [TRANSFER, topics],
    ]) {
      const question = { blockHash: block.hash, address: tokens, topics: filter };
      const logs = await ask(connection, 'eth_getLogs', [question], logsAnswer, LOGS_BYTES_MAX);
      for (const log of logs) {
        const movement = readLog(log, block, tokens);
        if (!accounts.has(movement.from) && !accounts.has(movement.to))
          throw badAnswer('eth_getLogs', 'an event that was not asked for');
        found.set(log.logIndex, movement);
      }
    }
  }
  return [...found.values()].toSorted((one, two) =>
    Number((one.logIndex ?? 0n) - (two.logIndex ?? 0n)),
  );
}

function readLog(
  log: z.infer<typeof logsAnswer>[number],
  block: FullBlock,
  tokens: readonly string[],
): Movement {
  const { address, topics, data, blockHash, transactionHash, logIndex, removed } = log;
  const [event, from, to, ...more] = topics;
  const isOurs =
    removed !== true &&
    blockHash === block.hash &&
    tokens.includes(address) &&
    block.transactions.some(({ hash }) => hash === transactionHash);
  if (!isOurs || event !== TRANSFER || !from || !to || more.length > 0 || data.length !== 66)
    throw badAnswer('eth_getLogs', 'an event that was not asked for');
  return {
    hash: transactionHash,
    token: address,
    from: addressOfTopic(from),
    to: addressOfTopic(to),
    amount: BigInt(data),
    fee: 0n,
    logIndex,
  };
}

const topicOf = (account: string): string =>
  bytesToHex(concatBytes(new Uint8Array(12), addressBytes(account)));

function addressOfTopic(topic: string): string {
  if (!topic.startsWith(`0x${'0'.repeat(24)}`))
    throw badAnswer('eth_getLogs', 'a topic that is no address');
  return toChecksum(`0x${topic.slice(26)}`);
}
