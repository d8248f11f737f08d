/**
 * Builds the one kind of transaction an account signs: a payment to one recipient, the rest back to the
 * account, as a PSBT (BIP174, version 0). The parties' decoder, written separately, refuses any other form.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Transaction } from '@scure/btc-signer';
import { RawOldTx, RawTx } from '@scure/btc-signer/script.js';
import type { Decoded } from '../decoded.ts';
import { readAddress } from './address.ts';
import { BitcoinBuildError } from './build-error.ts';
import { outpointOf } from './conflict-key.ts';
import { accountScripts, type AccountScripts, type BitcoinContext } from './context.ts';
import type { Replaced } from './fees.ts';
import {
  LOCK_TIME,
  MONEY_MAX,
  PREVIOUS_BYTES_MAX,
  SEQUENCE,
  TRANSACTION_VERSION,
  UNSIGNED_BYTES_MAX,
} from './limits.ts';
import { dustLimit } from './script.ts';
import { selectCoins, type Coin, type SelectionRefusal } from './select-coins.ts';

export type AccountCoin = Coin & {
  branch: 'receive' | 'change';
  /** The transaction that made it, with or without witnesses; needed for P2WPKH, null otherwise. */
  previous: Uint8Array | null;
};

export type PaymentInput = {
  account: BitcoinContext;
  /**
   * What the account has to spend. Confirmed only: a replacement may not spend anything else that is new
   * (BIP125, rule 2), and the change of an unconfirmed payment goes when that is replaced. For a replacement
   * the coins of what it replaces belong to it too (`coinsSpentBy`): nodes don't list them any more.
   */
  coins: readonly AccountCoin[];
  to: string;
  /** Satoshi. */
  amount: bigint;
  /** Satoshi per 1,000 virtual bytes, as nodes count. */
  rate: bigint;
  /** Satoshi. */
  highestFee: bigint;
  /** The earlier transaction of this operation whose place it takes; null for the first. */
  replaces: Decoded | null;
};

/** Refusals that a person must understand. */
export type PaymentRefusal =
  | SelectionRefusal
  | 'amount-below-dust'
  | 'amount-out-of-range'
  /** The coin that ties the operation together is no longer there: the earlier transaction may be confirmed. */
  | 'replaced-input-gone'
  | 'transaction-too-large';

export type PaymentResult =
  | { ok: true; unsigned: Uint8Array; fee: bigint; change: bigint }
  | { ok: false; refusal: PaymentRefusal };

type Recipient = { address: string; script: Uint8Array; dust: bigint };

/**
 * The unsigned payment that parties decode and sign. Deterministic.
 * @throws BitcoinBuildError on input that must have been refused earlier, and on a node's contradictions.
 */
export function buildPayment(input: PaymentInput): PaymentResult {
  const { account, amount } = input;
  const scripts = accountScripts(account);
  const recipient = recipientOf(input, scripts);
  if (amount <= 0n || amount > MONEY_MAX) return { ok: false, refusal: 'amount-out-of-range' };
  if (amount < recipient.dust) return { ok: false, refusal: 'amount-below-dust' };
  checkCoins(input);

  const replaced = replacedOf(input, recipient);
  const spendable = input.coins.filter(isSmallEnough);
  const first = replaced && spendable.find((coin) => outpointOf(coin) === replaced.first);
  if (first === undefined) return { ok: false, refusal: 'replaced-input-gone' };
  const selection = selectCoins({
    kind: account.kind,
    coins: spendable,
    first,
    amount,
    recipientScript: recipient.script.length,
    changeScript: scripts.change.length,
    rate: input.rate,
    highestFee: input.highestFee,
    replaced,
  });
  if (!selection.ok) return selection;

  const { coins, fee, change } = selection;
  const payment = new Transaction({ version: TRANSACTION_VERSION, lockTime: LOCK_TIME });
  for (const coin of coins) payment.addInput(inputOf(coin, account, scripts));
  payment.addOutput({ script: recipient.script, amount });
  if (change > 0n) payment.addOutput({ script: scripts.change, amount: change });
  const unsigned = payment.toPSBT(0);
  if (unsigned.length > UNSIGNED_BYTES_MAX) return { ok: false, refusal: 'transaction-too-large' };
  return { ok: true, unsigned, fee, change };
}

const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  bytesToHex(left) === bytesToHex(right);

function recipientOf({ to, account }: PaymentInput, scripts: AccountScripts): Recipient {
  const read = readAddress(to, account.chain);
  if (!read.ok) throw new BitcoinBuildError('not-an-address', `Recipient refused: ${read.refusal}`);
  if (isSame(read.script, scripts.receive) || isSame(read.script, scripts.change))
    throw new BitcoinBuildError('recipient-is-own-account', 'An account does not pay itself');
  return { address: read.address, script: read.script, dust: dustLimit[read.kind] };
}

function checkCoins({ coins, rate }: PaymentInput): void {
  if (rate <= 0n) throw new BitcoinBuildError('rate-out-of-range', 'A rate is above zero');
  const isCoin = ({ txid, vout, amount }: Coin): boolean =>
    /^[0-9a-f]{64}$/.test(txid) &&
    Number.isInteger(vout) &&
    vout >= 0 &&
    vout <= 0xffffffff &&
    amount > 0n &&
    amount <= MONEY_MAX;
  if (!coins.every(isCoin))
    throw new BitcoinBuildError('coin-out-of-range', 'A coin has an outpoint and an amount');
  if (new Set(coins.map(outpointOf)).size !== coins.length)
    throw new BitcoinBuildError('same-coin-twice', 'A coin is listed twice');
}

/** What has to be outbid, and the outpoint that has to come first; null for a first transaction. */
function replacedOf(
  { replaces, amount, account }: PaymentInput,
  { address }: Recipient,
): (Replaced & { first: string }) | null {
  if (!replaces) return null;
  const { chain, to, details, fee } = replaces;
  const isSamePayment =
    chain === account.chain && to === address && replaces.amount === String(amount);
  const first = details.family === 'bitcoin' ? details.inputs[0] : undefined;
  if (details.family !== 'bitcoin' || !first || !isSamePayment)
    throw new BitcoinBuildError('replaced-differs', 'A replacement makes the same payment');
  const { virtualBytes, inputs } = details;
  return { fee: BigInt(fee), virtualBytes, inputs: inputs.length, first: first.outpoint };
}

type LibraryInput = Parameters<Transaction['addInput']>[0];

function inputOf(
  { txid, vout, amount, branch, previous }: AccountCoin,
  { kind }: BitcoinContext,
  scripts: AccountScripts,
): LibraryInput {
  const script = scripts[branch];
  const spent = { txid, index: vout, sequence: SEQUENCE };
  if (kind === 'p2tr') return { ...spent, witnessUtxo: { script, amount } };
  // A P2WPKH signature says nothing of other inputs' amounts (BIP143), so parties see where each comes from.
  if (!previous)
    throw new BitcoinBuildError('previous-transaction-missing', `${txid} is needed in full`);
  const bare = withoutWitnesses(previous);
  const output = RawOldTx.decode(bare).outputs[vout];
  const id = bytesToHex(sha256(sha256(bare)).reverse());
  if (id !== txid || output?.amount !== amount || !isSame(output.script, script))
    throw new BitcoinBuildError('previous-transaction-differs', `${txid} is not what was said`);
  return { ...spent, nonWitnessUtxo: bare };
}

/**
 * A coin out of a transaction larger than nodes pass on stays where it is. Only who makes blocks can send one;
 * it must not stand in the way of the account's other coins.
 */
const isSmallEnough = ({ previous }: AccountCoin): boolean =>
  previous === null ||
  previous.length <= PREVIOUS_BYTES_MAX ||
  withoutWitnesses(previous).length <= PREVIOUS_BYTES_MAX;

/** The part of a transaction that its id is the hash of: one spelling, and the shortest. */
function withoutWitnesses(previous: Uint8Array): Uint8Array {
  try {
    const { version, inputs, outputs, lockTime } = RawTx.decode(previous);
    return RawOldTx.encode({ version, inputs, outputs, lockTime });
  } catch {
    throw new BitcoinBuildError(
      'previous-transaction-differs',
      'A previous transaction is unreadable',
    );
  }
}
