/**
 * The judge: bitcore-lib's script interpreter, which shares no code with what builds and signs.
 * Key path spending of taproot (BIP341), Schnorr signatures (BIP340) and tapscript are in it.
 */
import bitcore from 'bitcore-lib';
import type { Tx, TxOutput } from './wire.ts';

const { Interpreter } = bitcore.Script;
const { Point } = bitcore.crypto;

const LENGTH = 32;
const { liftX } = Point.prototype;
/**
 * bitcore-lib 11.5 leaves out the zeros with which the x of a lifted key begins when it hashes BIP340's challenge:
 * the number comes from another copy of its library, which knows no `size`. So it refuses one good key in 256.
 */
Point.prototype.liftX = function liftWhole(this: InstanceType<typeof Point>) {
  const point = liftX.call(this);
  point.x.toBuffer = () => Buffer.from(point.x.toArray('be', LENGTH));
  return point;
};

/**
 * What Bitcoin Core asks of a transaction before it relays it, as far as bitcore-lib knows it. Its
 * clean stack is left out: bitcore-lib refuses good key path spending with it, and witness programs
 * have the rule without the flag.
 */
const FLAGS =
  Interpreter.SCRIPT_VERIFY_P2SH |
  Interpreter.SCRIPT_VERIFY_STRICTENC |
  Interpreter.SCRIPT_VERIFY_DERSIG |
  Interpreter.SCRIPT_VERIFY_LOW_S |
  Interpreter.SCRIPT_VERIFY_NULLDUMMY |
  Interpreter.SCRIPT_VERIFY_MINIMALDATA |
  Interpreter.SCRIPT_VERIFY_CHECKLOCKTIMEVERIFY |
  Interpreter.SCRIPT_VERIFY_CHECKSEQUENCEVERIFY |
  Interpreter.SCRIPT_VERIFY_WITNESS |
  Interpreter.SCRIPT_VERIFY_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM |
  Interpreter.SCRIPT_VERIFY_MINIMALIF |
  Interpreter.SCRIPT_VERIFY_NULLFAIL |
  Interpreter.SCRIPT_VERIFY_WITNESS_PUBKEYTYPE |
  Interpreter.SCRIPT_VERIFY_TAPROOT |
  Interpreter.SCRIPT_VERIFY_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION |
  Interpreter.SCRIPT_VERIFY_DISCOURAGE_OP_SUCCESS |
  Interpreter.SCRIPT_VERIFY_DISCOURAGE_UPGRADABLE_PUBKEYTYPE;

/**
 * Runs the scripts of every input.
 * @param spent the outputs that the inputs spend, in their order.
 * @returns null when all are satisfied, otherwise the interpreter's name of the first fault.
 */
export function findScriptFault(tx: Tx, spent: readonly TxOutput[]): string | null {
  let transaction: InstanceType<typeof bitcore.Transaction>;
  try {
    transaction = new bitcore.Transaction(Buffer.from(tx.hex, 'hex'));
    // Two readers have to see the same transaction, or the judge would judge another one.
    if (transaction.id !== tx.txid || transaction.toBuffer().toString('hex') !== tx.hex)
      return 'SCRIPT_ERR_UNKNOWN_ERROR';
    if (transaction.inputs.length !== spent.length) return 'SCRIPT_ERR_UNKNOWN_ERROR';
    for (const [index, input] of transaction.inputs.entries())
      input.output = outputOf(spent[index]);
  } catch {
    return 'SCRIPT_ERR_UNKNOWN_ERROR';
  }
  for (const index of transaction.inputs.keys()) {
    const fault = findInputFault(transaction, index);
    if (fault !== null) return fault;
  }
  return null;
}

function findInputFault(
  transaction: InstanceType<typeof bitcore.Transaction>,
  index: number,
): string | null {
  const input = transaction.inputs[index];
  if (!input) return 'SCRIPT_ERR_UNKNOWN_ERROR';
  const interpreter = new Interpreter();
  try {
    const isGood = interpreter.verify(
      input.script,
      input.output.script,
      transaction,
      index,
      FLAGS,
      input.getWitnesses(),
      input.output.satoshis,
    );
    return isGood ? null : interpreter.errstr || 'SCRIPT_ERR_EVAL_FALSE';
  } catch {
    // It throws on keys and signatures that are no points or numbers at all.
    return 'SCRIPT_ERR_UNKNOWN_ERROR';
  }
}

function outputOf(spent: TxOutput | undefined): InstanceType<typeof bitcore.Transaction.Output> {
  if (!spent) throw new RangeError('An input without the output it spends');
  return new bitcore.Transaction.Output({
    script: new bitcore.Script(Buffer.from(spent.script, 'hex')),
    // All the money there is fits in a double's 53 bits; the policy has bounded it before.
    satoshis: Number(spent.value),
  });
}
