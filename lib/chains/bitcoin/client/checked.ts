/** What a node says, checked against the bytes it gives. */
import { hexToBytes } from '@noble/hashes/utils.js';
import type { Outpoint } from '../conflict-key.ts';
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

export const spends = ({ inputs }: RawTransaction, { txid, vout }: Outpoint): boolean =>
  inputs.some((input) => input.txid === txid && input.vout === vout);

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

/** Unspent outputs listed by a node that are looked through at all. */
export const LISTED_MAX = 50_000;
/** Unspent outputs that are checked and given out. */
const UTXOS_MAX = 500;

/**
 * The largest of a list, which may be long because anybody can send dust to an address: that must not
 * keep its owner from spending.
 */
export const largest = <T extends { amount: bigint }>(listed: readonly T[]): T[] =>
  listed
    .toSorted((one, other) => (one.amount < other.amount ? 1 : one.amount > other.amount ? -1 : 0))
    .slice(0, UTXOS_MAX);

/** Whether `largest` leaves none of them out. */
export const isWholeList = (listed: readonly unknown[]): boolean => listed.length <= UTXOS_MAX;

/** Asks once for each key, and gives the same answer again. */
export function askOnce<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key) => {
    const known = asked.get(key) ?? ask(key);
    asked.set(key, known);
    return known;
  };
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
