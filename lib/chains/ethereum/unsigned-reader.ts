/** Reads unsigned bytes of an EIP-1559 transaction strictly: one spelling, nothing left over. */
import { bytesToHex, fromRlp, toRlp } from 'viem/utils';
import type { Hex } from 'viem';
import { DecodeError } from '../decoded.ts';

export type UnsignedFields = {
  chainId: bigint;
  nonce: bigint;
  maxPriorityFeePerGas: bigint;
  maxFeePerGas: bigint;
  gasLimit: bigint;
  /** 20 bytes; null where a contract would be created. */
  target: Uint8Array | null;
  /** Wei. */
  value: bigint;
  data: Uint8Array;
};

/** A token transfer has about 190 bytes; what is longer than this is not read at all. */
const BYTES_MAX = 1_024;
const DYNAMIC_FEE = 2;
const UNSIGNED_FIELDS = 9;
const SIGNED_FIELDS = 12;
/** 256 bits, the chain's widest number. */
const NUMBER_BYTES_MAX = 32;

/** Types of transaction that a vault never signs, by their first byte (EIP-2718). */
const otherTypes: ReadonlyMap<number, string> = new Map([
  [1, 'access-list-transaction'],
  [3, 'blob-transaction'],
  // EIP-7702: it hands the account to the code of a contract.
  [4, 'set-code-transaction'],
]);

const broken = (detail: string): DecodeError => new DecodeError('transaction-undecodable', detail);

/** @throws DecodeError `transaction-undecodable` */
export function readUnsigned(bytes: Uint8Array): UnsignedFields {
  const [type] = bytes;
  if (type === undefined) throw broken('ends-too-early');
  if (bytes.length > BYTES_MAX) throw broken('too-large');
  if (type >= 0xc0) throw broken('legacy-transaction');
  if (type !== DYNAMIC_FEE) throw broken(otherTypes.get(type) ?? 'unknown-type');
  const fields = readList(bytes.subarray(1));
  if (fields.length === SIGNED_FIELDS) throw broken('already-signed');
  if (fields.length !== UNSIGNED_FIELDS) throw broken('field-count');
  const accessList = fields[8];
  if (!Array.isArray(accessList) || accessList.length > 0) throw broken('access-list');
  const target = bytesAt(fields, 5);
  if (target.length !== 0 && target.length !== 20) throw broken('target-length');
  return {
    chainId: numberAt(fields, 0),
    nonce: numberAt(fields, 1),
    maxPriorityFeePerGas: numberAt(fields, 2),
    maxFeePerGas: numberAt(fields, 3),
    gasLimit: numberAt(fields, 4),
    target: target.length === 0 ? null : target,
    value: numberAt(fields, 6),
    data: bytesAt(fields, 7),
  };
}

type Item = Uint8Array | readonly Item[];

function readList(payload: Uint8Array): readonly Item[] {
  let items: Item;
  try {
    items = fromRlp(payload, 'bytes') as Item;
  } catch {
    throw broken('rlp-not-readable');
  }
  if (!isList(items)) throw broken('rlp-not-a-list');
  // The reader may be lenient about something; what it read is written again and compared.
  if (toRlp(items as Parameters<typeof toRlp>[0], 'hex') !== bytesToHex(payload))
    throw broken('rlp-not-canonical');
  return items;
}

const isList = (item: Item): item is readonly Item[] => Array.isArray(item);

function bytesAt(fields: readonly Item[], index: number): Uint8Array {
  const field = fields[index];
  if (!(field instanceof Uint8Array)) throw broken('field-is-a-list');
  return field;
}

function numberAt(fields: readonly Item[], index: number): bigint {
  const bytes = bytesAt(fields, index);
  if (bytes.length === 0) return 0n;
  if (bytes.length > NUMBER_BYTES_MAX) throw broken('number-too-large');
  // Numbers have no zero bytes in front (yellow paper, appendix B).
  if (bytes[0] === 0) throw broken('number-not-canonical');
  return BigInt(bytesToHex(bytes) satisfies Hex);
}
