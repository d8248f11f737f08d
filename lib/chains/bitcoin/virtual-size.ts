/** How large a transaction is once signed (BIP141: weight is four for a plain byte, one for a witness byte). */
import type { AccountKind } from './script.ts';

/** Version, both counts (each one byte up to 252 entries), lock time. */
const FRAME_BYTES = 4 + 1 + 1 + 4;
/** Outpoint, empty script with its length, sequence. */
const INPUT_BYTES = 36 + 1 + 4;
/** Amount and length of the script. */
const OUTPUT_BYTES = 8 + 1;
/** Marker and flag of a transaction with witnesses. */
const WITNESS_FRAME = 2;
/** Count of items, then each behind its length. An ECDSA signature has 72 bytes at most with its last. */
const witnessBytes: Readonly<Record<AccountKind, number>> = {
  p2tr: 1 + 1 + 64,
  p2wpkh: 1 + 1 + 72 + 1 + 33,
};

/**
 * Virtual bytes, rounded up: exact for P2TR; for P2WPKH the most it can be, as signatures differ in length.
 * @param outputs lengths of the scripts in bytes.
 */
export function virtualBytes(of: {
  kind: AccountKind;
  inputs: number;
  outputs: readonly number[];
}): number {
  const outputs = of.outputs.reduce((sum, script) => sum + OUTPUT_BYTES + script, 0);
  const plain = FRAME_BYTES + INPUT_BYTES * of.inputs + outputs;
  return Math.ceil((4 * plain + WITNESS_FRAME + witnessBytes[of.kind] * of.inputs) / 4);
}
