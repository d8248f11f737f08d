/**
 * Reads a PSBT (BIP174, version 0) of the one form that is built: the unsigned transaction, one record for
 * each input that says what it spends, and nothing about outputs. There is no room for signatures, derivations,
 * other sighash types or fields that nobody knows, and every such PSBT has one spelling.
 */
import { ByteFault, ByteReader } from './byte-reader.ts';
import { readTransaction, type RawTransaction } from './transaction-reader.ts';

/** The bytes of "psbt" and 0xff. */
const MAGIC = [0x70, 0x73, 0x62, 0x74, 0xff];

/** Types of records, each a key of one byte. */
export const psbtRecord = {
  unsignedTransaction: 0x00,
  /** Of an input: the whole transaction that made what it spends. */
  previousTransaction: 0x00,
  /** Of an input: amount and script of what it spends. */
  witnessOutput: 0x01,
} as const;

export type RawPsbt = {
  transaction: RawTransaction;
  /** For each input the value of its one record. */
  inputs: Uint8Array[];
};

/**
 * @param record the type that every input's record must be of.
 * @throws ByteFault on anything else.
 */
export function readPsbt(bytes: Uint8Array, record: number): RawPsbt {
  const reader = new ByteReader(bytes);
  if (!reader.take(MAGIC.length).every((byte, at) => byte === MAGIC[at]))
    throw new ByteFault('not-a-psbt');
  const transaction = readTransaction(onlyRecord(reader, psbtRecord.unsignedTransaction));
  const inputs = transaction.inputs.map(() => onlyRecord(reader, record));
  for (const _ of transaction.outputs) endOfMap(reader);
  reader.end();
  return { transaction, inputs };
}

/** The value of the one record that a map holds. */
function onlyRecord(reader: ByteReader, type: number): Uint8Array {
  const key = reader.sized();
  if (key.length === 0) throw new ByteFault('field-missing');
  if (key.length !== 1 || key[0] !== type) throw new ByteFault('field-unknown');
  const value = reader.sized();
  endOfMap(reader);
  return value;
}

function endOfMap(reader: ByteReader): void {
  if (reader.sized().length !== 0) throw new ByteFault('field-unknown');
}
