/**
 * A Bitcoin Core node (25 or later) as the source, without a wallet. For `transaction` it needs
 * `txindex=1`, for `history` `blockfilterindex=1`; its pruning must be off.
 */
import { z } from 'zod';
import { addressScript } from './account-script.ts';
import { btcAmount, FEE_RATE_MAX, hash32, height, outputIndex, transactionHex } from './answers.ts';
import {
  askOnce,
  checkTransaction,
  checkUtxo,
  entryOf,
  inBatches,
  isWholeList,
  largest,
  LISTED_MAX,
} from './checked.ts';
import { blockRef, blocksAbout, NOT_FOUND, transactionsOf } from './core-blocks.ts';
import {
  createCoreRpc,
  nullFor,
  OUT_OF_RANGE,
  type CoreOptions,
  type CoreRpc,
} from './core-rpc.ts';
import { findSpending, type Spenders } from './core-spending.ts';
import { BitcoinNodeError } from './node-error.ts';
import { sendOnce } from './send.ts';
import type {
  BitcoinSource,
  BlockRef,
  Coins,
  HistoryPage,
  HistoryQuery,
  KnownTransaction,
  Utxo,
} from './source.ts';

/** Blocks read for one page of a history. */
const PAGE_BLOCKS = 6;
/** Room for as many unspent outputs as are looked through. */
const SCAN_BYTES_MAX = 32 * 1024 * 1024;
const chainInfo = z.object({
  blocks: height,
  bestblockhash: hash32,
  initialblockdownload: z.boolean(),
});
const scan = z.object({
  success: z.literal(true),
  unspents: z
    .array(
      z.object({
        txid: hash32,
        vout: outputIndex,
        scriptPubKey: z.string().max(200),
        amount: btcAmount,
        height,
      }),
    )
    .max(LISTED_MAX),
});
const placed = z.object({ hex: transactionHex, blockhash: hash32.optional() });
const feeEstimate = z.union([
  z.object({ feerate: btcAmount }),
  /** Core's way to say that it has seen too few blocks. */
  z.object({ errors: z.array(z.string()).min(1), feerate: z.undefined().optional() }),
]);

/** @throws TypeError on a URL, time-out or chain that can't be. */
export function createCoreSource(options: CoreOptions): BitcoinSource {
  const rpc = createCoreRpc(options);
  const spenders: Spenders = new Map();
  return {
    tip: () => tip(rpc),
    blockHash: (at) => blockHash(rpc, at),
    utxos: (address) => utxos(rpc, address, addressScript(address, options.chain)),
    coins: (address) => coins(rpc, address, addressScript(address, options.chain)),
    transaction: (txid) => transaction(rpc, txid),
    spending: (outpoint) =>
      findSpending({ rpc, spenders, transaction: (txid) => transaction(rpc, txid) }, outpoint),
    send: (raw) =>
      sendOnce(raw, (hex) =>
        rpc.ask({ method: 'sendrawtransaction', params: [hex], shape: hash32 }),
      ),
    feeRate: (targetBlocks) => feeRate(rpc, targetBlocks),
    history: (address, query) =>
      history(rpc, address, addressScript(address, options.chain), query),
  };
}

async function tip(rpc: CoreRpc): Promise<BlockRef> {
  const info = await rpc.ask({ method: 'getblockchaininfo', params: [], shape: chainInfo });
  if (info.initialblockdownload)
    throw new BitcoinNodeError('node-behind', 'getblockchaininfo', 'it is still catching up');
  return { height: info.blocks, hash: info.bestblockhash };
}

const blockHash = (rpc: CoreRpc, at: number): Promise<string | null> =>
  nullFor(OUT_OF_RANGE, rpc.ask({ method: 'getblockhash', params: [at], shape: hash32 }));

async function utxos(rpc: CoreRpc, address: string, script: string): Promise<Utxo[]> {
  return (await coins(rpc, address, script)).coins;
}

async function coins(rpc: CoreRpc, address: string, script: string): Promise<Coins> {
  const { unspents } = await rpc.ask({
    method: 'scantxoutset',
    params: ['start', [`addr(${address})`]],
    shape: scan,
    isScan: true,
    answerBytesMax: SCAN_BYTES_MAX,
  });
  const hashAt = askOnce((height) => blockHash(rpc, Number(height)));
  const rawIn = askOnce((place) => rawInBlock(rpc, place));
  const checked = await inBatches(largest(unspents), async (said): Promise<Utxo | null> => {
    const { txid, vout } = said;
    const hash = await hashAt(String(said.height));
    // A reorganization came between: nothing is known of this output until it is asked again.
    if (hash === null) return null;
    const from = checkTransaction(await rawIn(`${txid} ${hash}`), txid, 'getrawtransaction');
    // The scan doesn't see what the mempool spends already.
    const unspent = await rpc.ask({
      method: 'gettxout',
      params: [txid, vout, true],
      shape: z.looseObject({}).nullable(),
    });
    const block = { height: said.height, hash };
    const seen = { vout, amount: said.amount, script: said.scriptPubKey, block };
    if (seen.script !== script)
      throw new BitcoinNodeError('node-answer-untrue', 'scantxoutset', 'of another address');
    return unspent && checkUtxo(seen, from, 'scantxoutset');
  });
  return { coins: checked.flatMap((one) => one ?? []), isWhole: isWholeList(unspents) };
}

/** @param place ids of transaction and block, a space between them. */
function rawInBlock(rpc: CoreRpc, place: string): Promise<string> {
  const [txid, hash] = place.split(' ');
  const params = [txid, false, hash];
  return rpc.ask({ method: 'getrawtransaction', params, shape: transactionHex });
}

async function transaction(rpc: CoreRpc, txid: string): Promise<KnownTransaction | null> {
  const asked = rpc.ask({ method: 'getrawtransaction', params: [txid, true], shape: placed });
  const found = await nullFor(NOT_FOUND, asked);
  if (!found) return null;
  const read = checkTransaction(found.hex, txid, 'getrawtransaction');
  const block = found.blockhash === undefined ? null : await blockRef(rpc, found.blockhash);
  return { transaction: read, block };
}

async function feeRate(rpc: CoreRpc, targetBlocks: number): Promise<bigint | null> {
  const { feerate } = await rpc.ask({
    method: 'estimatesmartfee',
    params: [targetBlocks],
    shape: feeEstimate,
  });
  if (feerate === undefined) return null;
  if (feerate > 0n && feerate <= FEE_RATE_MAX) return feerate;
  throw new BitcoinNodeError('node-bad-answer', 'estimatesmartfee', 'no fee rate that can be');
}

/** The cursor is the height below which the next page begins. */
async function history(
  rpc: CoreRpc,
  address: string,
  script: string,
  { from, cursor }: HistoryQuery,
): Promise<HistoryPage> {
  const last = cursor === null ? (await tip(rpc)).height : Number(cursor);
  if (last < from) return { entries: [], next: null };
  const relevant = await blocksAbout(rpc, `addr(${address})`, { from, last });
  const page = relevant.slice(-PAGE_BLOCKS).reverse();
  const read = await inBatches(page, async (hash) => ({
    block: await blockRef(rpc, hash),
    hash,
  }));
  const entries: HistoryPage['entries'][number][] = [];
  let lowest = last;
  for (const { block, hash } of read) {
    if (!block) throw new BitcoinNodeError('node-bad-answer', 'scanblocks', 'the chain has moved');
    if (block.height > last || block.height < from)
      throw new BitcoinNodeError('node-answer-untrue', 'scanblocks', 'a block of another height');
    lowest = Math.min(lowest, block.height);
    const transactions = await transactionsOf(rpc, hash);
    // In a block what comes later is newer.
    for (const one of transactions.reverse()) {
      const entry = entryOf(one, script, block);
      if (entry) entries.push(entry);
    }
  }
  return { entries, next: relevant.length > page.length ? String(lowest - 1) : null };
}
