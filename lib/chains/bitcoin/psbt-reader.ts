/**
 * Reads a PSBT (BIP174, version 0) of the one form that is built: the unsigned transaction, one record for
 * each input that says what it spends, and nothing about outputs. There is no room for signatures, derivations,
 * other sighash types or fields that nobody knows, and every such PSBT has one spelling.
 */
import { ByteFault, ByteReader } from './byte-reader.ts';
import type { AccountKind } from './script.ts';
import { readTransaction, type RawTransaction } from './transaction-reader.ts';

/** The bytes of "psbt" and 0xff. */
const MAGIC = [0x70, 0x73, 0x62, 0x74, 0xff];

/** The type of the first record, which holds the unsigned transaction. */
const UNSIGNED_TRANSACTION = 0x00;

/**
 * The type of each input's record. A P2TR signature commits to amount and script of every input (BIP341), so a
 * lie about one only makes the signature worthless, and both are taken as they are written (0x01). A P2WPKH
 * signature commits to the amount of its own input alone (BIP143): told different amounts in two sessions,
 * signers would lose the difference as a fee. So there the whole transaction that made the coin comes along (0x00).
 */
export const inputRecord: Readonly<Record<AccountKind, number>> = { p2tr: 0x01, p2wpkh: 0x00 };

export type RawPsbt = {
  transaction: RawTransaction;
  /** For each input the value of its one record. */
  inputs: Uint8Array[];
};

/**
 * @param kind of the account's outputs, which says what each input has to bring.
 * @throws ByteFault on anything else.
 */
export function readPsbt(bytes: Uint8Array, kind: AccountKind): RawPsbt {
  const reader = new ByteReader(bytes);
  if (!reader.take(MAGIC.length).every((byte, at) => byte === MAGIC[at]))
    throw new ByteFault('not-a-psbt');
  const transaction = readTransaction(onlyRecord(reader, UNSIGNED_TRANSACTION));
  const inputs = transaction.inputs.map(() => onlyRecord(reader, inputRecord[kind]));
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
