/**
 * Which transaction in a block spends an output, by a Bitcoin Core node. It keeps no index of spenders (versions
 * before 31), but a block's compact filter has the scripts of what the block spends, so the blocks that concern the
 * output's script are found and read, the newest first.
 */
import { z } from 'zod';
import { outpointOf, type Outpoint } from '../conflict-key.ts';
import { spends } from './checked.ts';
import { blockRef, blocksAbout, transactionsOf } from './core-blocks.ts';
import type { CoreRpc } from './core-rpc.ts';
import { BitcoinNodeError } from './node-error.ts';
import type { KnownTransaction, Spending } from './source.ts';

/** Blocks read for one question: whoever is paid that often has to wait for an index. */
const BLOCKS_MAX = 200;
/** Spenders remembered, so that a question asked again reads no blocks. */
const REMEMBERED_MAX = 1_000;

/** What a source remembers: a spender's id by outpoint. It is looked up again before it is told. */
export type Spenders = Map<string, string>;

export type SpendingNeeds = {
  rpc: CoreRpc;
  spenders: Spenders;
  transaction: (txid: string) => Promise<KnownTransaction | null>;
};

/** @throws BitcoinNodeError; `node-bad-answer` where the output is neither there nor spent by what could be read. */
export async function findSpending(
  { rpc, spenders, transaction }: SpendingNeeds,
  outpoint: Outpoint,
): Promise<Spending> {
  const { txid, vout } = outpoint;
  const made = await transaction(txid);
  const output = made?.transaction.outputs[vout];
  if (!made || !output) return { state: 'unknown' };
  // What waits for a block itself can't be spent in one.
  if (!made.block) return { state: 'unspent' };
  const unspent = await rpc.ask({
    method: 'gettxout',
    params: [txid, vout, false],
    shape: z.looseObject({}).nullable(),
  });
  if (unspent) return { state: 'unspent' };
  const key = outpointOf(outpoint);
  const remembered = spenders.get(key);
  const known = remembered === undefined ? null : await transaction(remembered);
  if (known?.block && spends(known.transaction, outpoint))
    return { state: 'spent', by: { txid: known.transaction.txid, block: known.block } };
  const found = await readBlocks(rpc, outpoint, {
    descriptor: `raw(${output.script})`,
    from: made.block.height,
  });
  if (spenders.size >= REMEMBERED_MAX) spenders.clear();
  spenders.set(key, found.by.txid);
  return found;
}

async function readBlocks(
  rpc: CoreRpc,
  outpoint: Outpoint,
  { descriptor, from }: { descriptor: string; from: number },
): Promise<Extract<Spending, { state: 'spent' }>> {
  const relevant = await blocksAbout(rpc, descriptor, { from });
  for (const hash of relevant.slice(-BLOCKS_MAX).reverse()) {
    const by = (await transactionsOf(rpc, hash)).find((one) => spends(one, outpoint));
    if (!by) continue;
    const block = await blockRef(rpc, hash);
    if (block) return { state: 'spent', by: { txid: by.txid, block } };
  }
  throw new BitcoinNodeError(
    'node-bad-answer',
    'scanblocks',
    'an output is neither there nor spent in a block that was read',
  );
}
