/**
 * What a transaction has to be like whatever it spends: Bitcoin Core's rules of consensus
 * (CheckTransaction) and of standard form (IsStandardTx, dust), by the names Core gives them.
 */
import { isCoinbase } from './block.ts';
import { kindOfScript } from './addresses.ts';
import { reject, type Reject } from './reject.ts';
import { outpointOf, type Tx, type TxOutput } from './wire.ts';

const MONEY_MAX = 21_000_000n * 100_000_000n;
const WEIGHT_MAX = 400_000;
const STRIPPED_BYTES_MIN = 65;
const UNLOCKING_BYTES_MAX = 1650;
const DATA_BYTES_MAX = 83;
/** Satoshis per virtual byte by which Core says whether an output is worth spending. */
const DUST_RATE = 3n;

/** @returns null when nothing is wrong. */
export function findFormFault(tx: Tx): Reject | null {
  return findConsensusFault(tx) ?? findStandardFault(tx);
}

function findConsensusFault(tx: Tx): Reject | null {
  if (tx.inputs.length === 0) return reject('bad-txns-vin-empty');
  if (tx.outputs.length === 0) return reject('bad-txns-vout-empty');
  let total = 0n;
  for (const { value } of tx.outputs) {
    if (value >= 2n ** 63n) return reject('bad-txns-vout-negative');
    if (value > MONEY_MAX) return reject('bad-txns-vout-toolarge');
    total += value;
    if (total > MONEY_MAX) return reject('bad-txns-txouttotal-toolarge');
  }
  if (new Set(tx.inputs.map(outpointOf)).size < tx.inputs.length)
    return reject('bad-txns-inputs-duplicate');
  return isCoinbase(tx) ? reject('coinbase') : null;
}

function findStandardFault(tx: Tx): Reject | null {
  if (tx.version < 1 || tx.version > 2) return reject('version');
  if (tx.weight > WEIGHT_MAX) return reject('tx-size');
  // The weight counts stripped bytes four times and witness bytes once.
  if ((tx.weight - tx.size) / 3 < STRIPPED_BYTES_MIN) return reject('tx-size-small');
  for (const { script } of tx.inputs)
    if (script.length / 2 > UNLOCKING_BYTES_MAX) return reject('scriptsig-size');
  let data = 0;
  for (const output of tx.outputs) {
    const kind = kindOfScript(output.script);
    if (kind === 'nonstandard') return reject('scriptpubkey');
    if (kind === 'nulldata') {
      data += 1;
      if (output.script.length / 2 > DATA_BYTES_MAX) return reject('scriptpubkey');
    } else if (output.value < dustLimit(output)) return reject('dust');
  }
  return data > 1 ? reject('multi-op-return') : null;
}

/** Satoshis below which an output costs more to spend than it is worth. */
export function dustLimit({ script }: Pick<TxOutput, 'script'>): bigint {
  const bytes = script.length / 2;
  const outputBytes = 8 + 1 + bytes;
  const spendingBytes = kindOfScript(script).startsWith('witness') ? 67 : 148;
  return BigInt(outputBytes + spendingBytes) * DUST_RATE;
}
