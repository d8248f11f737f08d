/**
 * Bytes of transactions, read within bounds before the interpreter sees them. The serialization is
 * Bitcoin's own; with witnesses it is BIP144's. Weight and virtual size are BIP141's.
 */
import { createHash } from 'node:crypto';

export type TxInput = {
  /** Id of the transaction that is spent, as people write it (byte order reversed). */
  txid: string;
  vout: number;
  /** Hex of the unlocking script; empty for native witness inputs. */
  script: string;
  sequence: number;
  /** Hex of each item. */
  witness: readonly string[];
};

export type TxOutput = { value: bigint; script: string };

export type Tx = {
  txid: string;
  wtxid: string;
  hex: string;
  version: number;
  lockTime: number;
  inputs: readonly TxInput[];
  outputs: readonly TxOutput[];
  /** Bytes with witnesses. */
  size: number;
  weight: number;
  /** Weight by four, rounded up. */
  vsize: number;
};

/** Bytes that are no transaction. */
export class WireError extends Error {
  override name = 'WireError';
}

export const sha256d = (bytes: Uint8Array): Buffer =>
  createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest();

/** Hash as people write it: byte order reversed. */
export const reversedHex = (hash: Uint8Array): string =>
  Buffer.from(hash).reverse().toString('hex');

export const outpointOf = ({ txid, vout }: { txid: string; vout: number }): string =>
  `${txid}:${vout}`;

/** 41 bytes is the smallest input, 9 the smallest output. */
const INPUT_BYTES_MIN = 41;
const OUTPUT_BYTES_MIN = 9;

class Reader {
  at = 0;
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  take(length: number): Buffer {
    if (length > this.bytes.length - this.at) throw new WireError('The bytes end too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  /** Compact size, in its shortest form only. */
  count(): number {
    const first = this.take(1).readUInt8();
    if (first < 0xfd) return first;
    if (first === 0xff) throw new WireError('A count is far too large');
    const value = first === 0xfd ? this.take(2).readUInt16LE() : this.u32();
    if (value < (first === 0xfd ? 0xfd : 0x10000))
      throw new WireError('A count is not in its shortest form');
    return value;
  }

  counted(bytesEach: number): number {
    const count = this.count();
    if (count * bytesEach > this.bytes.length - this.at)
      throw new WireError('A count exceeds the bytes');
    return count;
  }

  text(): string {
    return this.take(this.count()).toString('hex');
  }
}

/** @throws WireError */
export function readTx(bytes: Buffer): Tx {
  const reader = new Reader(bytes);
  const version = reader.take(4).readInt32LE();
  const isSegwit = bytes[4] === 0;
  if (isSegwit && reader.take(2).readUInt8(1) !== 1) throw new WireError('Unknown flag');
  const bodyAt = reader.at;
  const inputs = repeat(reader.counted(INPUT_BYTES_MIN), () => ({
    txid: reversedHex(reader.take(32)),
    vout: reader.u32(),
    script: reader.text(),
    sequence: reader.u32(),
  }));
  const outputs = repeat(reader.counted(OUTPUT_BYTES_MIN), () => ({
    value: reader.take(8).readBigUInt64LE(),
    script: reader.text(),
  }));
  const body = bytes.subarray(bodyAt, reader.at);
  const witnesses = isSegwit
    ? inputs.map(() => repeat(reader.counted(1), () => reader.text()))
    : [];
  if (isSegwit && witnesses.every((witness) => witness.length === 0))
    throw new WireError('Superfluous witness record');
  const lockTime = reader.u32();
  if (reader.at !== bytes.length) throw new WireError('Bytes follow the end');
  const stripped = Buffer.concat([bytes.subarray(0, 4), body, bytes.subarray(-4)]);
  const weight = 3 * stripped.length + bytes.length;
  return {
    txid: reversedHex(sha256d(stripped)),
    wtxid: reversedHex(sha256d(bytes)),
    hex: bytes.toString('hex'),
    version,
    lockTime,
    inputs: inputs.map((input, index) => ({ ...input, witness: witnesses[index] ?? [] })),
    outputs,
    size: bytes.length,
    weight,
    vsize: Math.ceil(weight / 4),
  };
}

/** @param hex lower or upper case. @throws WireError */
export function readTxHex(hex: string): Tx {
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(hex)) throw new WireError('No hex');
  return readTx(Buffer.from(hex, 'hex'));
}

function repeat<T>(count: number, one: () => T): T[] {
  const all: T[] = [];
  for (let done = 0; done < count; done += 1) all.push(one());
  return all;
}
