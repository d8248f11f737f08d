/** Whether the mempool takes a transaction: Bitcoin Core's rules, in the order it asks them. */
import type { Branch } from './branch.ts';
import { areSequencesReached, isFinal } from './locks.ts';
import type { Mempool } from './mempool.ts';
import { reject, type Reject } from './reject.ts';
import { findReplacementFault } from './replacement.ts';
import { findScriptFault } from './script-check.ts';
import { findFormFault } from './standard.ts';
import type { Tx, TxInput, TxOutput } from './wire.ts';

/** Satoshis per virtual byte. */
export const RELAY_RATE = 1n;
/** Transactions that wait at once; Core has a limit in bytes. */
const MEMPOOL_MAX = 5_000;
/** Transactions in the mempool that may hang together, itself included. */
const FAMILY_MAX = 25;
/**
 * Blocks on top of a coinbase before it may be spent. Bitcoin's number is 100; nobody waits for a
 * hundred blocks in a sandbox.
 */
const COINBASE_MATURITY = 2;

export type Verdict =
  | { ok: true; fee: bigint; evicted: ReadonlySet<string> }
  | { ok: false; reject: Reject };

type Spent = { output: TxOutput; height: number | null; isCoinbase: boolean };

/** @param options.checkScripts false for what was judged before, when a log is read again. */
export function judge(
  tx: Tx,
  branch: Branch,
  mempool: Mempool,
  options: { checkScripts: boolean },
): Verdict {
  const no = (found: Reject): Verdict => ({ ok: false, reject: found });
  const form = findFormFault(tx);
  if (form) return no(form);
  if (!isFinal(tx, branch)) return no(reject('non-final'));
  const known = mempool.find(tx.txid);
  if (known)
    return no(
      reject(
        known.tx.wtxid === tx.wtxid
          ? 'txn-already-in-mempool'
          : 'txn-same-nonwitness-data-in-mempool',
      ),
    );
  const spent = tx.inputs.flatMap((input) => findSpent(input, branch, mempool) ?? []);
  if (spent.length < tx.inputs.length) return no(missing(tx, branch));
  const heights = spent.map(({ height }) => height);
  if (!areSequencesReached(tx, heights, branch)) return no(reject('non-BIP68-final'));
  for (const { isCoinbase, height } of spent)
    if (isCoinbase && height !== null && branch.height + 1 - height < COINBASE_MATURITY)
      return no(reject('bad-txns-premature-spend-of-coinbase'));
  const fee = sum(spent.map(({ output }) => output)) - sum(tx.outputs);
  if (fee < 0n) return no(reject('bad-txns-in-belowout'));
  const least = RELAY_RATE * BigInt(tx.vsize);
  if (fee < least) return no(reject('min relay fee not met', `${fee} < ${least}`));
  if (mempool.size >= MEMPOOL_MAX) return no(reject('mempool full'));
  const conflicts = mempool.conflictsOf(tx);
  const replacement =
    conflicts.length > 0 ? findReplacementFault(tx, fee, conflicts, mempool) : null;
  if (replacement) return no(replacement);
  if (mempool.ancestorsOf(tx).size >= FAMILY_MAX) return no(reject('too-long-mempool-chain'));
  const fault = options.checkScripts
    ? findScriptFault(
        tx,
        spent.map(({ output }) => output),
      )
    : null;
  if (fault !== null) return no(reject(`mandatory-script-verify-flag-failed (${fault})`));
  return {
    ok: true,
    fee,
    evicted: mempool.withDescendants(conflicts.map((entry) => entry.tx.txid)),
  };
}

function findSpent(input: TxInput, branch: Branch, mempool: Mempool): Spent | null {
  const waiting = mempool.output(input);
  if (waiting) return { output: waiting, height: null, isCoinbase: false };
  const coin = branch.coin(input.txid, input.vout);
  return coin && { output: coin, height: coin.height, isCoinbase: coin.isCoinbase };
}

/** Core looks whether an output of it is unspent; then it must be in a block already. */
const missing = (tx: Tx, branch: Branch): Reject =>
  tx.outputs.some((_output, vout) => branch.coin(tx.txid, vout) !== null)
    ? reject('txn-already-known')
    : reject('bad-txns-inputs-missingorspent');

const sum = (outputs: readonly TxOutput[]): bigint =>
  outputs.reduce((total, { value }) => total + value, 0n);
