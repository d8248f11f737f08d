/** What a node says, checked against the bytes it gives. */
import { hexToBytes } from '@noble/hashes/utils.js';
import { BitcoinNodeError } from './node-error.ts';
import {
  RawError,
  readTransaction,
  type RawOutput,
  type RawTransaction,
} from './raw-transaction.ts';
import type { BlockRef, HistoryEntry, Utxo } from './source.ts';

/** @throws BitcoinNodeError `node-answer-untrue` when the bytes are of another transaction. */
export function checkTransaction(hex: string, txid: string, asked: string): RawTransaction {
  const transaction = readOrRefuse(() => readTransaction(hexToBytes(hex)), asked);
  if (transaction.txid === txid) return transaction;
  throw new BitcoinNodeError('node-answer-untrue', asked, 'the bytes are of another transaction');
}

/** @throws BitcoinNodeError `node-bad-answer` for bytes that can't be read. */
export function readOrRefuse<T>(read: () => T, asked: string): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RawError)) throw error;
    throw new BitcoinNodeError('node-bad-answer', asked, error.message);
  }
}

/**
 * What can be spent, from the transaction that made it.
 * @throws BitcoinNodeError `node-answer-untrue` when amount or script are not what the node said.
 */
export function checkUtxo(
  said: { vout: number; amount: bigint; script: string; block: BlockRef | null },
  from: RawTransaction,
  asked: string,
): Utxo {
  const output = from.outputs[said.vout];
  if (output?.amount !== said.amount || output.script !== said.script)
    throw new BitcoinNodeError(
      'node-answer-untrue',
      asked,
      'an unspent output is not what its transaction says',
    );
  return {
    txid: from.txid,
    vout: said.vout,
    amount: output.amount,
    script: output.script,
    block: said.block,
    isCoinbase: from.isCoinbase,
  };
}

/** @returns null where nothing goes to the script. */
export function entryOf(
  { txid, outputs }: RawTransaction,
  script: string,
  block: BlockRef | null,
): HistoryEntry | null {
  const received = outputs.flatMap((output: RawOutput, vout) =>
    output.script === script ? [{ vout, amount: output.amount }] : [],
  );
  return received.length === 0 ? null : { txid, block, received };
}

/** Asks for each in turn, a few at a time, so that a long list is no storm of questions. */
export async function inBatches<T, R>(
  items: readonly T[],
  ask: (item: T) => Promise<R>,
): Promise<R[]> {
  const all: R[] = [];
  for (let at = 0; at < items.length; at += BATCH)
    all.push(...(await Promise.all(items.slice(at, at + BATCH).map(ask))));
  return all;
}

const BATCH = 6;
