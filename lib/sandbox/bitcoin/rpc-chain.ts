/** Bitcoin Core's questions about blocks, unspent outputs and fees. */
import { z } from 'zod';
import { scriptOfAddress } from './addresses.ts';
import { RELAY_RATE } from './acceptance.ts';
import { blockHex } from './block.ts';
import { feeRateFor } from './fee-rates.ts';
import { BtcAmount } from './json.ts';
import { hash, readParams, whole, type Method } from './method.ts';
import { RpcError, rpcCode } from './rpc-error.ts';
import { showBlock, showScript, showTx } from './show-core.ts';

const HEIGHT_MAX = 0x7fffffff;
const SCAN_MAX = 100;

const scanAction = z.literal('start');
/** Only addresses and scripts; Core knows many more kinds of descriptors. */
const descriptor = z
  .union([z.string(), z.object({ desc: z.string() }).transform(({ desc }) => desc)])
  .transform((desc, context) => {
    const address = /^addr\(([a-zA-Z0-9]{1,100})\)(?:#[a-z0-9]{8})?$/.exec(desc)?.[1];
    const raw = /^raw\(((?:[0-9a-f]{2}){1,200})\)(?:#[a-z0-9]{8})?$/.exec(desc)?.[1];
    const script = address === undefined ? (raw ?? null) : scriptOfAddress(address);
    if (script === null) {
      context.addIssue({
        code: 'custom',
        message: `'${desc.slice(0, 100)}' is not a valid descriptor function`,
      });
      return z.NEVER;
    }
    return { desc, script };
  });
const scanObjects = z.array(descriptor).min(1).max(SCAN_MAX);

export const chainMethods: Readonly<Record<string, Method>> = {
  getblockchaininfo: ({ view }) => ({
    chain: 'regtest',
    blocks: view.height,
    headers: view.height,
    bestblockhash: view.tip.hash,
    time: view.tip.time,
    mediantime: view.chain.branch.medianTime(view.height),
    initialblockdownload: false,
    pruned: false,
    warnings: [],
  }),
  getnetworkinfo: () => ({
    version: 280000,
    subversion: '/Countersign sandbox:28.0.0/',
    connections: 0,
    networkactive: false,
    relayfee: new BtcAmount(RELAY_RATE * 1000n),
    incrementalfee: new BtcAmount(RELAY_RATE * 1000n),
    warnings: [],
  }),
  getblockcount: ({ view }) => view.height,
  getbestblockhash: ({ view }) => view.tip.hash,
  getblockhash: ({ view }, params) => {
    const [height] = readParams(z.tuple([whole(-HEIGHT_MAX, HEIGHT_MAX)]), params);
    const found = view.hashAt(height);
    if (found === null) throw new RpcError(rpcCode.invalidParameter, 'Block height out of range');
    return found;
  },
  getblock: ({ view }, params) => {
    const [asked, verbosity] = readParams(z.tuple([hash, whole(0, 2).default(1)]), params);
    const block = view.byHash(asked);
    if (!block) throw new RpcError(rpcCode.notFound, 'Block not found');
    if (verbosity === 0) return blockHex(block);
    const { transactions } = block;
    return showBlock(
      view,
      block,
      transactions.map((tx) => (verbosity === 1 ? tx.txid : showTx(tx))),
    );
  },
  getblockheader: ({ view }, params) => {
    const [asked] = readParams(z.tuple([hash, z.literal(true).optional()]), params);
    const block = view.byHash(asked);
    if (!block) throw new RpcError(rpcCode.notFound, 'Block not found');
    const { tx: _, ...header } = showBlock(view, block, []);
    return header;
  },
  gettxout: ({ view }, params) => {
    const [txid, vout, withMempool] = readParams(
      z.tuple([hash, whole(0, HEIGHT_MAX), z.boolean().default(true)]),
      params,
    );
    const script = view.find(txid)?.tx.outputs[vout]?.script;
    const found = script === undefined ? [] : view.unspent(script, withMempool);
    const coin = found.find((one) => one.txid === txid && one.vout === vout);
    if (!coin) return null;
    return {
      bestblock: view.tip.hash,
      confirmations: coin.block ? view.height - coin.block.height + 1 : 0,
      value: new BtcAmount(coin.value),
      scriptPubKey: showScript(coin.script),
      coinbase: coin.isCoinbase,
    };
  },
  /** Unspent outputs of addresses, without the mempool, as Core scans its set of them. */
  scantxoutset: ({ view }, params) => {
    const [, objects] = readParams(z.tuple([scanAction, scanObjects]), params);
    const unspents = objects.flatMap(({ desc, script }) =>
      view.unspent(script, false).map((coin) => ({
        txid: coin.txid,
        vout: coin.vout,
        scriptPubKey: coin.script,
        desc,
        amount: new BtcAmount(coin.value),
        coinbase: coin.isCoinbase,
        height: coin.block?.height ?? 0,
        ...(coin.block ? { blockhash: coin.block.hash } : {}),
      })),
    );
    return {
      success: true,
      txouts: unspents.length,
      height: view.height,
      bestblock: view.tip.hash,
      unspents,
      total_amount: new BtcAmount(unspents.reduce((sum, { amount }) => sum + amount.satoshis, 0n)),
    };
  },
  /** Blocks that concern addresses, as Core finds with its compact filters (BIP158). */
  scanblocks: ({ view }, params) => {
    const [, objects, from, to] = readParams(
      z.tuple([
        scanAction,
        scanObjects,
        whole(0, HEIGHT_MAX).default(0),
        whole(0, HEIGHT_MAX).optional(),
        z.literal('basic').optional(),
      ]),
      params,
    );
    const last = Math.min(to ?? view.height, view.height);
    if (from > view.height) throw new RpcError(rpcCode.misc, 'Invalid start_height');
    const heights = new Set(
      objects.flatMap(({ script }) =>
        view.history(script).flatMap(({ block }) => block?.height ?? []),
      ),
    );
    const relevant = [...heights].filter((height) => height >= from && height <= last);
    return {
      from_height: from,
      to_height: last,
      relevant_blocks: relevant.sort((a, b) => a - b).map((height) => view.at(height)?.hash),
      completed: true,
    };
  },
  estimatesmartfee: ({ chain }, params) => {
    const [target] = readParams(z.tuple([whole(1, 1008), z.string().optional()]), params);
    return {
      feerate: new BtcAmount(feeRateFor(target, chain.faults)),
      blocks: Math.max(target, 2),
    };
  },
};
