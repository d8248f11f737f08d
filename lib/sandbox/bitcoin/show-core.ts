/** Blocks and transactions as Bitcoin Core shows them. */
import { addressOfScript, kindOfScript } from './addresses.ts';
import { isCoinbase, type Block } from './block.ts';
import { BtcAmount } from './json.ts';
import type { View } from './view.ts';
import type { Tx } from './wire.ts';

export const showTx = (tx: Tx, hex = tx.hex) => ({
  txid: tx.txid,
  hash: tx.wtxid,
  version: tx.version,
  size: tx.size,
  vsize: tx.vsize,
  weight: tx.weight,
  locktime: tx.lockTime,
  vin: tx.inputs.map((input) =>
    isCoinbase(tx)
      ? { coinbase: input.script, sequence: input.sequence }
      : {
          txid: input.txid,
          vout: input.vout,
          scriptSig: { hex: input.script },
          ...(input.witness.length > 0 ? { txinwitness: input.witness } : {}),
          sequence: input.sequence,
        },
  ),
  vout: tx.outputs.map(({ value, script }, n) => ({
    value: new BtcAmount(value),
    n,
    scriptPubKey: showScript(script),
  })),
  hex,
});

export function showScript(script: string) {
  const address = addressOfScript(script);
  return { hex: script, type: kindOfScript(script), ...(address === null ? {} : { address }) };
}

export function showBlock(view: View, block: Block, transactions: readonly unknown[]) {
  const next = view.at(block.height + 1);
  const header = Buffer.from(block.header, 'hex');
  return {
    hash: block.hash,
    confirmations: view.height - block.height + 1,
    height: block.height,
    version: header.readInt32LE(0),
    merkleroot: Buffer.from(header.subarray(36, 68)).reverse().toString('hex'),
    time: block.time,
    mediantime: view.chain.branch.medianTime(block.height),
    nonce: header.readUInt32LE(76),
    bits: header.readUInt32LE(72).toString(16),
    nTx: block.transactions.length,
    ...(block.previous === null ? {} : { previousblockhash: block.previous }),
    ...(next ? { nextblockhash: next.hash } : {}),
    tx: transactions,
  };
}
