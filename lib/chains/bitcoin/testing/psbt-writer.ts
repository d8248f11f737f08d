/** Writes PSBTs that say anything at all, for tests of what refuses them. Nothing of it is used elsewhere. */
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { inputRecord, readPsbt } from '../psbt-reader.ts';
import type { AccountKind } from '../script.ts';
import type { RawInput, RawOutput } from '../transaction-reader.ts';

export type PsbtRecord = { key: Uint8Array; value: Uint8Array };

export type PsbtPlan = {
  magic: Uint8Array;
  version: number;
  lockTime: number;
  inputs: RawInput[];
  outputs: RawOutput[];
  /** Beside the unsigned transaction, in the first map. */
  globals: PsbtRecord[];
  inputRecords: PsbtRecord[][];
  outputRecords: PsbtRecord[][];
};

const little = (value: bigint, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));

/** CompactSize, shortest. */
export function count(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value);
  return value <= 0xffff
    ? concatBytes(Uint8Array.of(0xfd), little(BigInt(value), 2))
    : concatBytes(Uint8Array.of(0xfe), little(BigInt(value), 4));
}

const sized = (bytes: Uint8Array): Uint8Array => concatBytes(count(bytes.length), bytes);

export const record = (type: number, value: Uint8Array): PsbtRecord => ({
  key: Uint8Array.of(type),
  value,
});

const map = (records: readonly PsbtRecord[]): Uint8Array =>
  concatBytes(
    ...records.map(({ key, value }) => concatBytes(sized(key), sized(value))),
    Uint8Array.of(0),
  );

export const writeOutput = ({ amount, script }: RawOutput): Uint8Array =>
  concatBytes(little(amount, 8), sized(script));

export function writeTransaction(
  of: Pick<PsbtPlan, 'version' | 'lockTime' | 'inputs' | 'outputs'>,
): Uint8Array {
  return concatBytes(
    little(BigInt(of.version), 4),
    count(of.inputs.length),
    ...of.inputs.map(({ txid, vout, script, sequence }) =>
      concatBytes(
        hexToBytes(txid).reverse(),
        little(BigInt(vout), 4),
        sized(script),
        little(BigInt(sequence), 4),
      ),
    ),
    count(of.outputs.length),
    ...of.outputs.map(writeOutput),
    little(BigInt(of.lockTime), 4),
  );
}

export function writePsbt(plan: PsbtPlan): Uint8Array {
  const unsigned = record(0x00, writeTransaction(plan));
  return concatBytes(
    plan.magic,
    map([unsigned, ...plan.globals]),
    ...plan.inputRecords.map(map),
    ...plan.outputRecords.map(map),
  );
}

/** What good bytes say, to be changed and written again. */
export function planOf(unsigned: Uint8Array, kind: AccountKind): PsbtPlan {
  const { transaction, inputs } = readPsbt(unsigned, kind);
  return {
    magic: unsigned.slice(0, 5),
    ...transaction,
    globals: [],
    inputRecords: inputs.map((value) => [record(inputRecord[kind], value)]),
    outputRecords: transaction.outputs.map(() => []),
  };
}
