/** A part of Esplora's REST interface, as Blockstream's and mempool.space's servers offer it. */
import { DiskFault } from '../log-file.ts';
import { addressOfScript, kindOfScript, scriptOfAddress } from './addresses.ts';
import { isCoinbase, type Block } from './block.ts';
import type { Chain } from './chain.ts';
import { feeRateFor } from './fee-rates.ts';
import { writeJson } from './json.ts';
import type { Exchange } from './method.ts';
import { RpcError } from './rpc-error.ts';
import { decodeTx, sendTx } from './rpc-transactions.ts';
import { View, type Placed, type Spend } from './view.ts';
import type { TxOutput } from './wire.ts';

export type RestAnswer = {
  status: number;
  type: 'application/json' | 'text/plain';
  text: string;
  hangUp: boolean;
};

const HISTORY_PAGE = 25;
const WAITING_MAX = 50;
const FEE_TARGETS = [1, 2, 3, 6, 12, 24, 144, 504, 1008];

const text = (words: string, status = 200): RestAnswer => ({
  status,
  type: 'text/plain',
  text: words,
  hangUp: false,
});
const json = (value: unknown): RestAnswer => ({
  status: 200,
  type: 'application/json',
  text: writeJson(value),
  hangUp: false,
});

type Route = [RegExp, (view: View, asked: string, more: string) => RestAnswer];

const routes: readonly Route[] = [
  [/^\/blocks\/tip\/height$/, (view) => text(String(view.height))],
  [/^\/blocks\/tip\/hash$/, (view) => text(view.tip.hash)],
  [
    /^\/block-height\/(\d{1,9})$/,
    (view, height) => {
      const hash = view.hashAt(Number(height));
      return hash === null ? text('Block not found', 404) : text(hash);
    },
  ],
  [
    /^\/block\/([0-9a-f]{64})$/,
    (view, hash) => {
      const block = view.byHash(hash);
      return block ? json(showBlock(block)) : text('Block not found', 404);
    },
  ],
  [
    /^\/tx\/([0-9a-f]{64})$/,
    (view, txid) => withTx(view, txid, (placed) => json(showTx(view, placed))),
  ],
  [
    /^\/tx\/([0-9a-f]{64})\/hex$/,
    (view, txid) => withTx(view, txid, ({ tx }) => text(view.hexOf(tx))),
  ],
  [
    /^\/tx\/([0-9a-f]{64})\/status$/,
    (view, txid) => withTx(view, txid, ({ block }) => json(showStatus(block))),
  ],
  [
    /^\/tx\/([0-9a-f]{64})\/outspend\/(\d{1,10})$/,
    (view, txid, vout) => json(showSpend(view.spend({ txid, vout: Number(vout) }))),
  ],
  [
    /^\/address\/([a-zA-Z0-9]{1,100})\/utxo$/,
    (view, address) =>
      withScript(address, (script) =>
        json(
          view.unspent(script, true).map(({ txid, vout, value, block }) => ({
            txid,
            vout,
            status: showStatus(block),
            value,
          })),
        ),
      ),
  ],
  [
    /^\/address\/([a-zA-Z0-9]{1,100})\/txs$/,
    (view, address) =>
      withScript(address, (script) => {
        const all = view.history(script);
        const waiting = all.filter(({ block }) => !block).slice(0, WAITING_MAX);
        const confirmed = all.filter(({ block }) => block).slice(0, HISTORY_PAGE);
        return json([...waiting, ...confirmed].map((placed) => showTx(view, placed)));
      }),
  ],
  [
    /^\/address\/([a-zA-Z0-9]{1,100})\/txs\/chain\/([0-9a-f]{64})$/,
    (view, address, after) =>
      withScript(address, (script) => {
        const confirmed = view.history(script).filter(({ block }) => block);
        const at = confirmed.findIndex(({ tx }) => tx.txid === after);
        const page = at < 0 ? [] : confirmed.slice(at + 1, at + 1 + HISTORY_PAGE);
        return json(page.map((placed) => showTx(view, placed)));
      }),
  ],
  [
    /^\/fee-estimates$/,
    ({ chain }) =>
      json(
        Object.fromEntries(
          FEE_TARGETS.map((target) => [
            String(target),
            Number(feeRateFor(target, chain.faults)) / 1000,
          ]),
        ),
      ),
  ],
];

/** @param path without its query. */
export function answerGet(chain: Chain, path: string): RestAnswer {
  for (const [shape, answer] of routes) {
    const found = shape.exec(path);
    if (found) return answer(new View(chain), found[1] ?? '', found[2] ?? '');
  }
  return text('Not found', 404);
}

/** `POST /tx` with the hex of a transaction. @throws DiskFault */
export function answerPost(chain: Chain, body: string): RestAnswer {
  const exchange: Exchange = { chain, view: new View(chain), hangUp: false };
  try {
    const txid = sendTx(exchange, decodeTx(body.trim()));
    return { ...text(txid), hangUp: exchange.hangUp };
  } catch (error) {
    if (error instanceof DiskFault) throw error;
    if (!(error instanceof RpcError)) {
      console.error('bitcoin sandbox: POST /tx failed', error);
      return text('Internal error', 500);
    }
    const { code, message } = error;
    return text(`sendrawtransaction RPC error: ${JSON.stringify({ code, message })}`, 400);
  }
}

const withTx = (view: View, txid: string, show: (placed: Placed) => RestAnswer): RestAnswer => {
  const found = view.find(txid);
  return found ? show(found) : text('Transaction not found', 404);
};

const withScript = (address: string, show: (script: string) => RestAnswer): RestAnswer => {
  const script = scriptOfAddress(address);
  return script === null ? text('Invalid Bitcoin address', 400) : show(script);
};

const showStatus = (block: Block | null) =>
  block
    ? {
        confirmed: true,
        block_height: block.height,
        block_hash: block.hash,
        block_time: block.time,
      }
    : { confirmed: false };

/** Of an output that nobody knows an index says as well that it is unspent. */
const showSpend = (found: Spend | null) =>
  found
    ? { spent: true, txid: found.tx.txid, vin: found.vin, status: showStatus(found.block) }
    : { spent: false };

const showBlock = (block: Block) => ({
  id: block.hash,
  height: block.height,
  timestamp: block.time,
  tx_count: block.transactions.length,
  previousblockhash: block.previous,
});

function showTx(view: View, { tx, block }: Placed) {
  const spent = tx.inputs.map((input) => (isCoinbase(tx) ? null : view.spentOutput(input)));
  const paid = spent.reduce((sum, output) => sum + (output?.value ?? 0n), 0n);
  const received = tx.outputs.reduce((sum, { value }) => sum + value, 0n);
  return {
    txid: tx.txid,
    version: tx.version,
    locktime: tx.lockTime,
    vin: tx.inputs.map((input, index) => ({
      txid: input.txid,
      vout: input.vout,
      prevout: showOutput(spent[index] ?? null),
      scriptsig: input.script,
      witness: input.witness,
      is_coinbase: isCoinbase(tx),
      sequence: input.sequence,
    })),
    vout: tx.outputs.map(showOutput),
    size: tx.size,
    weight: tx.weight,
    fee: isCoinbase(tx) ? 0n : paid - received,
    status: showStatus(block),
  };
}

function showOutput(output: TxOutput | null) {
  if (!output) return null;
  const address = addressOfScript(output.script);
  return {
    scriptpubkey: output.script,
    scriptpubkey_type: kindOfScript(output.script),
    ...(address === null ? {} : { scriptpubkey_address: address }),
    value: output.value,
  };
}
