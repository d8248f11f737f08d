/** Reads transactions in the serialisation without witnesses, of which a transaction's id is the hash. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ByteReader } from './byte-reader.ts';

export type RawInput = {
  /** As people and nodes write it: the bytes in reverse order. */
  txid: string;
  vout: number;
  script: Uint8Array;
  sequence: number;
};

export type RawOutput = { amount: bigint; script: Uint8Array };

export type RawTransaction = {
  version: number;
  inputs: RawInput[];
  outputs: RawOutput[];
  lockTime: number;
};

/** Twice SHA-256, reversed: the id, of bytes without witnesses; with them the wtxid (BIP141). */
export const transactionIdOf = (bytes: Uint8Array): string =>
  bytesToHex(sha256(sha256(bytes)).reverse());

export function readOutput(reader: ByteReader): RawOutput {
  const amount = reader.whole(8);
  return { amount, script: reader.sized() };
}

const INPUT_BYTES_MIN = 41;
const OUTPUT_BYTES_MIN = 9;

/** Inputs and outputs as they stand in every serialisation. @throws ByteFault */
export function readBody(reader: ByteReader): Pick<RawTransaction, 'inputs' | 'outputs'> {
  const inputs: RawInput[] = [];
  for (let left = reader.count(INPUT_BYTES_MIN); left > 0; left -= 1) {
    const txid = bytesToHex(reader.take(32).reverse());
    inputs.push({ txid, vout: reader.u32(), script: reader.sized(), sequence: reader.u32() });
  }
  const outputs: RawOutput[] = [];
  for (let left = reader.count(OUTPUT_BYTES_MIN); left > 0; left -= 1)
    outputs.push(readOutput(reader));
  return { inputs, outputs };
}

/**
 * @throws ByteFault on anything but one whole transaction without witnesses in its only spelling. With
 * witnesses the place of the count of inputs holds a zero, and the rest does not fit.
 */
export function readTransaction(bytes: Uint8Array): RawTransaction {
  const reader = new ByteReader(bytes);
  const version = reader.u32();
  const body = readBody(reader);
  const lockTime = reader.u32();
  reader.end();
  return { version, ...body, lockTime };
}
