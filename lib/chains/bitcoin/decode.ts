/**
 * What a party and a person see of a Bitcoin payment. Strict: the bytes must be the one spelling of "spend
 * these coins of this account, pay this to that address, send the rest back", nothing else.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { DecodeError, type Decoded, type SigningPart } from '../decoded.ts';
import { addressOfScript, readAddress } from './address.ts';
import { ByteFault, ByteReader } from './byte-reader.ts';
import { BITCOIN } from './chain.ts';
import { conflictKeyOf, outpointOf } from './conflict-key.ts';
import { accountScripts, type AccountScripts, type BitcoinContext } from './context.ts';
import {
  INPUTS_MAX,
  LOCK_TIME,
  MONEY_MAX,
  PREVIOUS_BYTES_MAX,
  SEQUENCE,
  TRANSACTION_VERSION,
  UNSIGNED_BYTES_MAX,
} from './limits.ts';
import { bitcoinNetwork } from './networks.ts';
import { readPsbt, type RawPsbt } from './psbt-reader.ts';
import { dustLimit, readScript } from './script.ts';
import { sighashes } from './sighash.ts';
import {
  readOutput,
  readTransaction,
  transactionIdOf,
  type RawInput,
  type RawOutput,
  type RawTransaction,
} from './transaction-reader.ts';
import { virtualBytes } from './virtual-size.ts';

const refuse = (detail: string): DecodeError =>
  new DecodeError('transaction-not-a-transfer', detail);

type Spent = RawOutput & { input: RawInput; branch: keyof AccountScripts; address: string };

/**
 * @param unsigned the PSBT that a party is asked to sign.
 * @param context what the party derived for the account. The bytes name neither chain nor account.
 * @throws DecodeError on anything that is not fully understood.
 */
export function decode(unsigned: Uint8Array, context: BitcoinContext): Decoded {
  if (!bitcoinNetwork(context.chain))
    throw new DecodeError('transaction-undecodable', 'not-a-bitcoin-chain');
  if (unsigned.length > UNSIGNED_BYTES_MAX)
    throw new DecodeError('transaction-undecodable', 'too-large');
  try {
    return interpret(readPsbt(unsigned, context.kind), context);
  } catch (error) {
    if (error instanceof ByteFault) throw new DecodeError('transaction-undecodable', error.message);
    throw error;
  }
}

function interpret({ transaction, inputs }: RawPsbt, context: BitcoinContext): Decoded {
  checkFrame(transaction);
  const { chain, kind } = context;
  const scripts = accountScripts(context);
  const spent = transaction.inputs.map((input, at) =>
    spentBy(input, inputs[at] ?? new Uint8Array(), context, scripts),
  );
  const [payment, change] = readOutputs(transaction, context, scripts);
  const [first = '', ...further] = spent.map(({ input }) => conflictKeyOf(chain, input));
  const account = addressFor(scripts.receive, chain);
  const fee = sum(spent) - sum(transaction.outputs);
  if (fee <= 0n) throw refuse('fee-not-positive');
  return {
    chain,
    asset: BITCOIN,
    from: account,
    to: payment.address,
    amount: String(payment.amount),
    feePayer: account,
    fee: String(fee),
    memo: null,
    conflictKey: first,
    // Absent where the conflict key says all.
    ...(further.length > 0 && { uses: further }),
    details: {
      family: 'bitcoin',
      version: transaction.version,
      lockTime: transaction.lockTime,
      replaceable: true,
      virtualBytes: virtualBytes({
        kind,
        inputs: spent.length,
        outputs: transaction.outputs.map(({ script }) => script.length),
      }),
      inputs: spent.map(({ input, address, amount }) => ({
        outpoint: outpointOf(input),
        address,
        amount: String(amount),
        sequence: input.sequence,
      })),
      outputs: [payment, ...(change ? [change] : [])].map(({ address, amount, role }) => ({
        address,
        amount: String(amount),
        role,
      })),
    },
    parts: partsOf(transaction, spent, context),
  };
}

const sum = (outputs: readonly RawOutput[]): bigint =>
  outputs.reduce((total, { amount }) => total + amount, 0n);

function addressFor(script: Uint8Array, chain: string): string {
  const address = addressOfScript(script, chain);
  if (address === null) throw refuse('script-unknown');
  return address;
}

/** Everything about the transaction that is the same for every payment. */
function checkFrame({ version, lockTime, inputs, outputs }: RawTransaction): void {
  if (version !== TRANSACTION_VERSION) throw refuse('version');
  if (lockTime !== LOCK_TIME) throw refuse('lock-time');
  if (inputs.length < 1 || inputs.length > INPUTS_MAX) throw refuse('input-count');
  if (outputs.length < 1 || outputs.length > 2) throw refuse('output-count');
  if (inputs.some(({ sequence }) => sequence !== SEQUENCE)) throw refuse('sequence');
  if (inputs.some(({ script }) => script.length > 0)) throw refuse('input-already-signed');
  if (new Set(inputs.map(outpointOf)).size !== inputs.length) throw refuse('same-input-twice');
}

/** What an input spends; it must be the account's. */
function spentBy(
  input: RawInput,
  record: Uint8Array,
  { kind, chain }: BitcoinContext,
  scripts: AccountScripts,
): Spent {
  const output = kind === 'p2tr' ? readWitnessOutput(record) : readSpentOf(record, input);
  const { amount, script } = output;
  const branch = (['receive', 'change'] as const).find((name) => isSame(scripts[name], script));
  if (!branch) throw refuse('input-not-of-account');
  checkAmount(amount);
  return { amount, script, input, branch, address: addressFor(script, chain) };
}

function readWitnessOutput(record: Uint8Array): RawOutput {
  const reader = new ByteReader(record);
  const output = readOutput(reader);
  reader.end();
  return output;
}

function readSpentOf(previous: Uint8Array, { txid, vout }: RawInput): RawOutput {
  if (previous.length > PREVIOUS_BYTES_MAX) throw refuse('previous-transaction-too-large');
  // The id is the hash of these very bytes, so whoever changes one of them has another transaction.
  if (transactionIdOf(previous) !== txid) throw refuse('previous-transaction-differs');
  const output = readTransaction(previous).outputs[vout];
  if (!output) throw refuse('previous-output-missing');
  return output;
}

function checkAmount(amount: bigint): void {
  if (amount <= 0n || amount > MONEY_MAX) throw refuse('amount-out-of-range');
}

type Paid = RawOutput & { address: string; role: 'recipient' | 'change' };

/** The recipient's output comes first, then perhaps the rest to the account's own change address. */
function readOutputs(
  { outputs: [first, second] }: RawTransaction,
  { chain, kind }: BitcoinContext,
  scripts: AccountScripts,
): [Paid, Paid | null] {
  if (!first) throw refuse('output-count');
  const read = readScript(first.script);
  const address = addressFor(first.script, chain);
  if (!read || !readAddress(address, chain).ok) throw refuse('recipient-unpayable');
  if (isSame(first.script, scripts.receive) || isSame(first.script, scripts.change))
    throw refuse('recipient-is-own-account');
  checkAmount(first.amount);
  if (first.amount < dustLimit[read.kind]) throw refuse('output-below-dust');
  const paid: Paid = { ...first, address, role: 'recipient' };
  if (!second) return [paid, null];
  if (!isSame(second.script, scripts.change)) throw refuse('change-elsewhere');
  checkAmount(second.amount);
  if (second.amount < dustLimit[kind]) throw refuse('output-below-dust');
  return [paid, { ...second, address: addressFor(second.script, chain), role: 'change' }];
}

/** One for each input in order, under the key of the branch that it lies on. */
function partsOf(
  transaction: RawTransaction,
  spent: readonly Spent[],
  context: BitcoinContext,
): SigningPart[] {
  return sighashes(transaction, spent, context.kind).map((bytes, at) => ({
    bytes: bytesToHex(bytes),
    path: [...context[spent[at]?.branch ?? 'receive'].path],
    tweak: context.kind === 'p2tr' ? 'taproot' : 'none',
  }));
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
