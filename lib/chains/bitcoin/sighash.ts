/** What the keys of a transaction's inputs sign. */
import { SigHash, Transaction } from '@scure/btc-signer';
import { readScript, scriptOf, type AccountKind } from './script.ts';
import { taprootSighashes } from './taproot-sighash.ts';
import type { RawOutput, RawTransaction } from './transaction-reader.ts';

/**
 * One digest of 32 bytes for each input. P2TR: BIP341, key path, SIGHASH_DEFAULT. P2WPKH: BIP143, SIGHASH_ALL.
 * @param spent what each input spends, in the order of the inputs and all of the kind.
 */
export function sighashes(
  transaction: RawTransaction,
  spent: readonly RawOutput[],
  kind: AccountKind,
): Uint8Array[] {
  if (kind === 'p2tr') return taprootSighashes(transaction, spent);
  const hashed = libraryTransaction(transaction);
  return spent.map(({ amount, script }, at) =>
    hashed.preimageWitnessV0(at, scriptCode(script), SigHash.ALL, amount),
  );
}

/** BIP143: the script code of P2WPKH is the script that pays to the hash of the same key. */
function scriptCode(script: Uint8Array): Uint8Array {
  const read = readScript(script);
  if (read?.kind !== 'p2wpkh') throw new TypeError('The script is not one of P2WPKH');
  return scriptOf('p2pkh', read.program);
}

/** Which versions and scripts are taken is for the caller to say, so the library's own opinions are off. */
function libraryTransaction({ version, lockTime, inputs, outputs }: RawTransaction): Transaction {
  const transaction = new Transaction({
    version,
    lockTime,
    allowUnknownVersion: true,
    allowUnknownOutputs: true,
    disableScriptCheck: true,
  });
  for (const { txid, vout, sequence } of inputs)
    transaction.addInput({ txid, index: vout, sequence });
  for (const { amount, script } of outputs) transaction.addOutput({ script, amount });
  return transaction;
}
