/**
 * BIP341's digests of all inputs of a transaction: key path, SIGHASH_DEFAULT, no annex. What they have in
 * common is hashed once; the library hashes everything again for each input, which for 64 of them held
 * a party's event loop for tens of milliseconds.
 */
import { schnorr } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { RawOutput, RawTransaction } from './transaction-reader.ts';

function littleEndian(length: 4 | 8, value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes.slice(0, length);
}
const u32 = (value: number): Uint8Array => littleEndian(4, BigInt(value));

/** A script behind its length, as Bitcoin's serialisation has it. */
function sized(script: Uint8Array): Uint8Array {
  const { length } = script;
  if (length > 0xffff) throw new RangeError('No node passes on a script of that length');
  const count = length < 0xfd ? [length] : [0xfd, length & 0xff, length >> 8];
  return concatBytes(Uint8Array.from(count), script);
}

const outputBytes = ({ amount, script }: RawOutput): Uint8Array =>
  concatBytes(littleEndian(8, amount), sized(script));

/**
 * One digest of 32 bytes for each input.
 * @param spent what each input spends, in their order.
 * @throws unless there is one for each.
 */
export function taprootSighashes(
  { version, lockTime, inputs, outputs }: RawTransaction,
  spent: readonly RawOutput[],
): Uint8Array[] {
  if (spent.length !== inputs.length) throw new TypeError('Every input spends something');
  const hashed = (parts: readonly Uint8Array[]): Uint8Array => sha256(concatBytes(...parts));
  const common = concatBytes(
    // The epoch, and the type of the signature: both zero.
    new Uint8Array(2),
    u32(version),
    u32(lockTime),
    hashed(inputs.map(({ txid, vout }) => concatBytes(hexToBytes(txid).reverse(), u32(vout)))),
    hashed(spent.map(({ amount }) => littleEndian(8, amount))),
    hashed(spent.map(({ script }) => sized(script))),
    hashed(inputs.map(({ sequence }) => u32(sequence))),
    hashed(outputs.map(outputBytes)),
    // No annex, no script.
    new Uint8Array(1),
  );
  return inputs.map((_, at) => schnorr.utils.taggedHash('TapSighash', common, u32(at)));
}
