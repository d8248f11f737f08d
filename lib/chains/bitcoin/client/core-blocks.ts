/** Blocks of a Bitcoin Core node: their places, their transactions, and those that concern a script. */
import { hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { hash32, height, transactionHex } from './answers.ts';
import { readOrRefuse } from './checked.ts';
import { nullFor, type CoreRpc } from './core-rpc.ts';
import { BitcoinNodeError } from './node-error.ts';
import { readBlock } from './raw-block.ts';
import type { RawTransaction } from './raw-transaction.ts';
import type { BlockRef } from './source.ts';

/** Core's code for what it does not have. */
export const NOT_FOUND = -5;
const RELEVANT_BLOCKS_MAX = 10_000;
/** Hex of a block with a weight of 4,000,000, and room around it. */
const BLOCK_BYTES_MAX = 9 * 1024 * 1024;

const header = z.object({ hash: hash32, height, confirmations: z.bigint() });
const relevantBlocks = z.object({
  relevant_blocks: z.array(hash32).max(RELEVANT_BLOCKS_MAX),
  completed: z.literal(true),
});

/** @returns null for a block that is not, or no longer, of the best chain. */
export async function blockRef(rpc: CoreRpc, hash: string): Promise<BlockRef | null> {
  const asked = rpc.ask({ method: 'getblockheader', params: [hash], shape: header });
  const found = await nullFor(NOT_FOUND, asked);
  if (!found || found.confirmations < 1n) return null;
  if (found.hash !== hash)
    throw new BitcoinNodeError('node-answer-untrue', 'getblockheader', 'another block');
  return { height: found.height, hash };
}

/**
 * Hashes of the blocks that pay a script or spend what paid it, the oldest first, by their compact filters (BIP158);
 * now and then one that does neither is among them.
 * @param descriptor such as `addr(…)` or `raw(…)`.
 * @param span.last the tip unless said otherwise.
 */
export async function blocksAbout(
  rpc: CoreRpc,
  descriptor: string,
  span: { from: number; last?: number },
): Promise<string[]> {
  const { relevant_blocks: relevant } = await rpc.ask({
    method: 'scanblocks',
    params: ['start', [descriptor], span.from, ...(span.last === undefined ? [] : [span.last])],
    shape: relevantBlocks,
    isScan: true,
  });
  return relevant;
}

/** A block's transactions, checked against its hash. @throws BitcoinNodeError `node-bad-answer` for other bytes. */
export async function transactionsOf(rpc: CoreRpc, hash: string): Promise<RawTransaction[]> {
  const hex = await rpc.ask({
    method: 'getblock',
    params: [hash, 0],
    shape: transactionHex.max(BLOCK_BYTES_MAX),
    answerBytesMax: BLOCK_BYTES_MAX,
  });
  return readOrRefuse(() => readBlock(hexToBytes(hex), hash), 'getblock');
}
