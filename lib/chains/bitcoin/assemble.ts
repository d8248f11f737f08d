/** Puts signatures on a payment, and names the result before it is sent. */
import { hexToBytes } from '@noble/hashes/utils.js';
import { RawTx } from '@scure/btc-signer/script.js';
import type { BitcoinContext } from './context.ts';
import { decode } from './decode.ts';
import { readPsbt } from './psbt-reader.ts';
import { BitcoinSignatureError, witnessOf } from './signature.ts';
import { transactionIdOf, type RawTransaction } from './transaction-reader.ts';

export type SignedPayment = {
  /** What a node takes: the serialisation with witnesses (BIP144). */
  raw: Uint8Array;
  /** The id. It does not cover the witnesses, so it is known, and stored, before anything is signed. */
  txid: string;
  /** The same with witnesses (BIP141). */
  wtxid: string;
  /** What it really weighs; under ECDSA a little less than was reckoned with. */
  virtualBytes: number;
};

/**
 * @param signatures one for each part that the decoder gives, in that order: BIP340, or r and s with or
 * without a recovery id.
 * @throws BitcoinSignatureError when one is missing, superfluous or wrong. DecodeError when the bytes are
 * no payment of the account.
 */
export function assemble(
  unsigned: Uint8Array,
  context: BitcoinContext,
  signatures: readonly Uint8Array[],
): SignedPayment {
  const { parts, details, from } = decode(unsigned, context);
  if (details.family !== 'bitcoin') throw new TypeError('A payment of another chain');
  if (signatures.length !== parts.length)
    throw new BitcoinSignatureError(
      'count',
      `The payment has ${parts.length} inputs, not ${signatures.length}`,
    );
  const witnesses = parts.map(({ bytes }, at) => {
    const branch = details.inputs[at]?.address === from ? context.receive : context.change;
    return witnessOf({
      kind: context.kind,
      publicKey: hexToBytes(branch.publicKey),
      digest: hexToBytes(bytes),
      signature: signatures[at] ?? new Uint8Array(),
    });
  });
  return signedOf(readPsbt(unsigned, context.kind).transaction, witnesses);
}

/** The id that the transaction will have, whoever signs. @throws DecodeError as {@link decode} does. */
export function transactionId(unsigned: Uint8Array, context: BitcoinContext): string {
  decode(unsigned, context);
  return transactionIdOf(written(readPsbt(unsigned, context.kind).transaction, null));
}

function signedOf(transaction: RawTransaction, witnesses: Uint8Array[][]): SignedPayment {
  const bare = written(transaction, null);
  const raw = written(transaction, witnesses);
  // BIP141: a byte outside the witnesses weighs four, one inside weighs one.
  const weight = 3 * bare.length + raw.length;
  return {
    raw,
    txid: transactionIdOf(bare),
    wtxid: transactionIdOf(raw),
    virtualBytes: Math.ceil(weight / 4),
  };
}

function written(transaction: RawTransaction, witnesses: Uint8Array[][] | null): Uint8Array {
  return RawTx.encode({
    version: transaction.version,
    segwitFlag: witnesses !== null,
    inputs: transaction.inputs.map(({ txid, vout, script, sequence }) => ({
      txid: hexToBytes(txid),
      index: vout,
      finalScriptSig: script,
      sequence,
    })),
    outputs: transaction.outputs,
    witnesses: witnesses ?? [],
    lockTime: transaction.lockTime,
  });
}
