/**
 * Reads the bytes of transactions that a node gave, and says which transaction they are. Nothing a
 * node says about a transaction is believed that its bytes don't say: the id is the double SHA-256
 * of the serialization without witnesses (BIP141, BIP144).
 */
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { ByteFault, ByteReader } from '../byte-reader.ts';
import { readBody, transactionIdOf } from '../transaction-reader.ts';

export type RawInput = {
  /** As people write it. */
  txid: string;
  vout: number;
  sequence: number;
};

export type RawOutput = {
  /** Satoshis. */
  amount: bigint;
  /** Hex. */
  script: string;
};

export type RawTransaction = {
  txid: string;
  /** All of it; the id commits to everything but the witnesses. */
  bytes: Uint8Array;
  inputs: readonly RawInput[];
  outputs: readonly RawOutput[];
  isCoinbase: boolean;
};

/** The bytes are no transaction, or not only one. */
export class RawError extends Error {
  override name = 'RawError';
}

/** @throws RawError in place of the reader's own fault. */
export function orRawError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ByteFault) throw new RawError(`The bytes can't be read: ${error.message}`);
    throw error;
  }
}

const NO_TRANSACTION = '0'.repeat(64);

/** One whole transaction and nothing after it. @throws RawError */
export function readTransaction(bytes: Uint8Array): RawTransaction {
  return orRawError(() => {
    const reader = new ByteReader(bytes);
    const transaction = readNextTransaction(reader);
    reader.end();
    return transaction;
  });
}

/** The transaction at the reader's place, as in a block. @throws ByteFault */
export function readNextTransaction(reader: ByteReader): RawTransaction {
  const start = reader.at;
  const version = reader.take(4);
  const hasWitness = reader.peek() === 0;
  if (hasWitness && reader.take(2)[1] !== 1) throw new ByteFault('flag-unknown');
  const bodyAt = reader.at;
  const { inputs, outputs } = readBody(reader);
  const body = reader.since(bodyAt);
  if (hasWitness)
    for (let each = inputs.length; each > 0; each -= 1)
      for (let left = reader.count(); left > 0; left -= 1) reader.sized();
  const lockTime = reader.take(4);
  return {
    txid: transactionIdOf(concatBytes(version, body, lockTime)),
    bytes: reader.since(start),
    inputs: inputs.map(({ txid, vout, sequence }) => ({ txid, vout, sequence })),
    outputs: outputs.map(({ amount, script }) => ({ amount, script: bytesToHex(script) })),
    isCoinbase: inputs.length === 1 && inputs[0]?.txid === NO_TRANSACTION,
  };
}
