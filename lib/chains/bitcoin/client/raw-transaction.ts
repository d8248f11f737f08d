/**
 * Reads the bytes of transactions that a node gave, and says which transaction they are. Nothing a
 * node says about a transaction is believed that its bytes don't say: the id is the double SHA-256
 * of the serialization without witnesses (BIP141, BIP144).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';

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

const INPUT_BYTES_MIN = 41;
const OUTPUT_BYTES_MIN = 9;
const NO_TRANSACTION = '0'.repeat(64);

export class ByteReader {
  at = 0;
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new RawError('The bytes end too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  u32(): number {
    this.take(4);
    return this.#view.getUint32(this.at - 4, true);
  }

  u64(): bigint {
    this.take(8);
    return this.#view.getBigUint64(this.at - 8, true);
  }

  /** A count in compact size. @param bytesEach the least that each of what is counted takes. */
  count(bytesEach: number): number {
    const [first = 0] = this.take(1);
    let value = first;
    if (first === 0xfd) {
      this.take(2);
      value = this.#view.getUint16(this.at - 2, true);
    } else if (first === 0xfe) value = this.u32();
    else if (first === 0xff) throw new RawError('A count is far too large');
    if (value * bytesEach > this.left) throw new RawError('A count exceeds the bytes');
    return value;
  }

  counted(): Uint8Array {
    return this.take(this.count(1));
  }
}

export const doubleHash = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes));

/** As people write hashes: byte order reversed. */
export const hashText = (hash: Uint8Array): string => bytesToHex(Uint8Array.from(hash).reverse());

/** One whole transaction and nothing after it. @throws RawError */
export function readTransaction(bytes: Uint8Array): RawTransaction {
  const reader = new ByteReader(bytes);
  const transaction = readNextTransaction(reader);
  if (reader.left > 0) throw new RawError('Bytes follow the end');
  return transaction;
}

/** The transaction at the reader's place, as in a block. @throws RawError */
export function readNextTransaction(reader: ByteReader): RawTransaction {
  const start = reader.at;
  const version = reader.take(4);
  const hasWitness = reader.bytes[reader.at] === 0;
  if (hasWitness && reader.take(2)[1] !== 1) throw new RawError('Unknown flag');
  const bodyAt = reader.at;
  const inputs: RawInput[] = [];
  for (let left = reader.count(INPUT_BYTES_MIN); left > 0; left -= 1) {
    const txid = hashText(reader.take(32));
    const vout = reader.u32();
    reader.counted();
    inputs.push({ txid, vout, sequence: reader.u32() });
  }
  const outputs: RawOutput[] = [];
  for (let left = reader.count(OUTPUT_BYTES_MIN); left > 0; left -= 1)
    outputs.push({ amount: reader.u64(), script: bytesToHex(reader.counted()) });
  const body = reader.bytes.subarray(bodyAt, reader.at);
  if (hasWitness)
    for (let each = inputs.length; each > 0; each -= 1)
      for (let left = reader.count(1); left > 0; left -= 1) reader.counted();
  const lockTime = reader.take(4);
  return {
    txid: hashText(doubleHash(concatBytes(version, body, lockTime))),
    bytes: reader.bytes.subarray(start, reader.at),
    inputs,
    outputs,
    isCoinbase: inputs.length === 1 && inputs[0]?.txid === NO_TRANSACTION,
  };
}
