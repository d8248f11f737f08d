/** Blocks, and whether what was stored of one is still so. */
import type { z } from 'zod';
import { blockAnswer, fullBlockAnswer, toBlockParameter, type BlockPlace } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';

export type Block = NonNullable<z.infer<typeof blockAnswer>>;
export type FullBlock = NonNullable<z.infer<typeof fullBlockAnswer>>;

/** A block as it is stored beside what was read from it. */
export type BlockMark = { number: bigint; hash: string };

/** A block may carry some ten megabytes of call data, twice as long in hex. */
const FULL_BLOCK_BYTES_MAX = 32 * 1024 * 1024;

/** @returns null for a block that the node does not have. @throws EthereumRpcError */
export async function getBlock(
  connection: RpcConnection,
  place: Exclude<BlockPlace, 'pending'>,
): Promise<Block | null> {
  const parameters = [toBlockParameter(place), false];
  const block = await ask(connection, 'eth_getBlockByNumber', parameters, blockAnswer);
  checkNumber(block, place);
  return block;
}

/** @returns null for a block that the node does not have, or has only beside the chain. */
export async function getBlockByHash(
  connection: RpcConnection,
  hash: string,
): Promise<Block | null> {
  const block = await ask(connection, 'eth_getBlockByHash', [hash, false], blockAnswer);
  if (block && block.hash !== hash) throw badAnswer('eth_getBlockByHash', 'another block');
  return block;
}

/** A block with its transactions. @throws EthereumRpcError */
export async function getFullBlock(
  connection: RpcConnection,
  number: bigint,
): Promise<FullBlock | null> {
  const block = await ask(
    connection,
    'eth_getBlockByNumber',
    [toBlockParameter(number), true],
    fullBlockAnswer,
    FULL_BLOCK_BYTES_MAX,
  );
  checkNumber(block, number);
  const seen = new Set<string>();
  for (const { hash, blockHash } of block?.transactions ?? []) {
    if (blockHash !== block?.hash || seen.has(hash))
      throw badAnswer('eth_getBlockByNumber', 'transactions that are not of this block');
    seen.add(hash);
  }
  return block;
}

function checkNumber(block: Block | null, place: BlockPlace): void {
  if (block && typeof place === 'bigint' && block.number !== place)
    throw badAnswer('eth_getBlockByNumber', 'a block of another number');
}

export type MarkState =
  /** The chain still has this block. */
  | 'kept'
  /** Another block has its place: whatever was read from it has to be read anew. */
  | 'replaced'
  /** The node does not reach that far, so nobody knows. */
  | 'not-reached';

/** Whether a stored block is still part of the chain. @throws EthereumRpcError */
export async function checkMark(connection: RpcConnection, mark: BlockMark): Promise<MarkState> {
  const block = await getBlock(connection, mark.number);
  if (!block) return 'not-reached';
  return block.hash === mark.hash ? 'kept' : 'replaced';
}

/**
 * The newest of the stored blocks that the chain still has: reading goes on behind it.
 * @param marks newest first, at most 500.
 * @returns null when none is left: the reorganisation goes further back than what was stored.
 * @throws EthereumRpcError; `rpc-bad-answer` for a node that does not reach the stored blocks, because
 * a node that lags has not seen them undone.
 */
export async function findKept(
  connection: RpcConnection,
  marks: readonly BlockMark[],
): Promise<BlockMark | null> {
  if (marks.length > MARKS_MAX) throw new RangeError('Too many stored blocks to look at');
  for (const mark of marks) {
    const state = await checkMark(connection, mark);
    if (state === 'kept') return mark;
    if (state === 'not-reached')
      throw badAnswer('eth_getBlockByNumber', 'the node is behind what was read before');
  }
  return null;
}

const MARKS_MAX = 500;

/** Blocks on top of one, itself included; 0 for one that the tip has not reached. */
export const confirmations = (number: bigint, tip: bigint): bigint =>
  tip < number ? 0n : tip - number + 1n;
