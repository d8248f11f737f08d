/** broadcast → confirmed, failed or held: asks the chain what became of the transaction. */
import { decodeForOwner } from '#lib/chains/account-context.ts';
import { DecodeError } from '#lib/chains/decoded.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { feeSourceOf } from '#lib/ledger/fee-source.ts';
import { postRefusedFee } from '#lib/ledger/post-refused-fee.ts';
import { postVaultTransfer } from '#lib/ledger/post-vault-transfer.ts';
import { postWithdrawal } from '#lib/ledger/post-withdrawal.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { undoRaise } from '../record-decision.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { overPhases } from '../transaction-phases.ts';
import { adapterFor } from './chains/adapters.ts';
import type { Fate, TransactionRow } from './chains/chain-adapter.ts';
import { loadVaultKey } from './chains/source-account.ts';
import { isStill } from './is-still.ts';
import { keepRan, keepTwin } from './keep-twin.ts';
import { replaceStuck } from './replace-stuck.ts';
import type { WorkerContext } from './worker-context.ts';

/** Sent again when the chain has still not run it after this long. */
const resendAfterMs = 5_000;

/** Answers that a node catches up on fit together long before this. */
const unclearLimitMs = 120_000;

type OnItsWay = {
  transaction: TransactionRow;
  /** Null where it is not on record as signed. */
  raw: Uint8Array | null;
  txid: string;
  fate: Fate;
};

/**
 * Every transaction of the operation that may have been sent and whose id is on record, the newest first, with what
 * became of it. One that is not on record as sent may have been all the same: the record is written after sending. One
 * of which shares are out may have been put together by others.
 */
async function fatesOf(row: OperationRow, context: WorkerContext): Promise<OnItsWay[]> {
  const sent = row.transactions
    .filter(
      ({ phase, txid }) =>
        phase === 'broadcast' || phase === 'signed' || (phase === 'releasing' && txid !== null),
    )
    .toSorted((one, other) => other.replacement - one.replacement);
  const found: OnItsWay[] = [];
  for (const transaction of sent) {
    const { raw, txid, chain, phase } = transaction;
    if ((!raw && phase !== 'releasing') || txid === null)
      throw new Error(`Operation ${row.id} is on its way but has no transaction to look up.`);
    const fate = await adapterFor(chain).findFate(transaction, context);
    found.push({ transaction, raw, txid, fate });
  }
  return found;
}

const sinceOf = ({ transaction: { broadcastAt, createdAt } }: OnItsWay): number =>
  (broadcastAt ?? createdAt).getTime();

/**
 * They all conflict with each other, so at most one of them ran. Only when none can run any more is the
 * operation over; as long as one can, the newest is sent again, or replaced where it does not move.
 */
export async function settle(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const sent = await fatesOf(row, context);
  const newest = sent.find(({ transaction }) => transaction.phase === 'broadcast');
  if (!newest?.raw)
    throw new Error(`Operation ${row.id} is on its way but has no transaction to look up.`);
  const now = context.clock();
  for (const { transaction, txid, raw, fate } of sent) {
    if (fate.fate !== 'ran') continue;
    if (raw === null && fate.isFinal && fate.raw)
      return keepRan(row, { id: transaction.id, txid, raw: fate.raw }, context);
    return takeRun(row, intent, { transaction, txid, ...fate }, context);
  }
  const unclear = sent.find(({ fate }) => fate.fate === 'unclear');
  context.waits?.({ code: unclear ? 'answers-unclear' : 'not-in-block' });
  if (unclear) {
    // Thrown again and again it shows in health; meanwhile nothing is posted and nothing is freed.
    if (now.getTime() - sinceOf(unclear) > unclearLimitMs)
      throw new Error(
        `The node's answers about transaction ${unclear.txid} of operation ${row.id} do not fit together. Ask another node what became of it.`,
      );
    return false;
  }
  const ids = sent.map(({ txid }) => txid);
  const foreign = sent.flatMap(({ fate }) =>
    fate.fate === 'superseded' && !ids.includes(fate.by) ? [fate.by] : [],
  );
  const twin = sent.flatMap(({ transaction, txid, fate }) =>
    fate.fate === 'superseded' && fate.twin && !ids.includes(fate.by)
      ? [{ of: transaction, instead: txid, txid: fate.by, raw: fate.twin }]
      : [],
  )[0];
  if (twin) return keepTwin(row, twin, context);
  const [by] = foreign;
  if (by !== undefined && foreign.length === sent.length) {
    // One of which shares may be out could be what used it; it is signed to its end first, where it still can be. Of
    // one whose id is on record the chain has said that it is not.
    const releasing = row.transactions.filter(isNameless);
    const isReadable = await canBeRead(intent, releasing, context);
    if (!releasing.some(isReadable))
      return inTransaction(context.db, (tx) => holdSuperseded(tx, row, by, now));
  }
  if (now.getTime() - sinceOf(newest) > resendAfterMs)
    await adapterFor(intent.chain).send(newest.raw, context);
  return replaceStuck(row, { intent, previous: newest.transaction }, context);
}

/** A signature of it may exist, and what id that has nobody can tell. */
const isNameless = ({ phase, txid }: TransactionRow): boolean =>
  phase === 'releasing' && txid === null;

/** Whether the unsigned bytes on record are still a transfer of the account; where they were changed nobody signs them. */
async function canBeRead(
  intent: MovingIntent,
  some: readonly TransactionRow[],
  { db }: WorkerContext,
): Promise<(one: TransactionRow) => boolean> {
  if (some.length === 0 || chainFacts(intent.chain).accounts === 'pooled') return () => true;
  const key = await loadVaultKey(db, intent.vault);
  return ({ message }) => {
    try {
      decodeForOwner(key, ownerOf(intent), message);
      return true;
    } catch (error) {
      if (error instanceof DecodeError) return false;
      throw error;
    }
  };
}

type Ran = Extract<Fate, { fate: 'ran' }> & { transaction: TransactionRow; txid: string };

function takeRun(
  row: OperationRow,
  intent: MovingIntent,
  { transaction: { id, slot: known, chain }, txid, height: slot, fee, error, ...ran }: Ran,
  context: WorkerContext,
): Promise<boolean> {
  if (!ran.isFinal) {
    const need = chainFacts(chain).confirmations;
    context.waits?.({ code: 'confirmations', have: ran.depth ?? 0, need });
    return noteSlot(id, known, slot, row.id, context);
  }
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const one = { id, txid, slot, fee };
    return error === null
      ? confirm(tx, { id: row.id, state: 'broadcast' }, intent, one, now)
      : fail(tx, row, intent, { ...one, error }, now);
  });
}

type RanOne = { id: string; txid: string; slot: bigint; fee: bigint };

/** What conflicts with the one that ran can never run any more, so nothing is set aside for it. */
async function endOthers(
  tx: Tx,
  { chain, operation }: MovingIntent,
  { id, txid }: RanOne,
): Promise<void> {
  await tx.chainTransaction.updateMany({
    where: { operationId: operation, id: { not: id }, phase: { notIn: [...overPhases] } },
    // A block it was in for a while is not of the chain any more.
    data: { phase: 'failed', error: `superseded by ${txid}`, slot: null },
  });
  await adapterFor(chain).release(tx, operation);
}

/** Keeps the slot on record, so that people see the transaction before it is final. */
async function noteSlot(
  id: string,
  known: bigint | null,
  slot: bigint,
  operation: string,
  context: WorkerContext,
): Promise<boolean> {
  if (known === slot) return false;
  await inTransaction(context.db, async (tx) => {
    await tx.chainTransaction.update({ where: { id }, data: { slot } });
    await publish(tx, { topic: 'operations', id: operation });
  });
  return false;
}

/**
 * broadcast or held → confirmed, with what ran posted and nothing set aside any more.
 * @returns false, with nothing changed, where the operation is no longer in that state.
 */
export async function confirm(
  tx: Tx,
  { id: operation, state: from }: { id: string; state: 'broadcast' | 'held' },
  intent: MovingIntent,
  transaction: RanOne,
  now: Date,
): Promise<boolean> {
  const moved = await changeState(tx, { operation, from, to: 'confirmed' }, now);
  if (!moved) return false;
  await tx.chainTransaction.update({
    where: { id: transaction.id },
    data: { phase: 'confirmed', slot: transaction.slot, confirmedAt: now },
  });
  const posted = await post(tx, intent, transaction.fee);
  // A hold was placed for exactly this; a refusal here is a broken invariant, and nothing commits.
  if (!posted.ok) throw new Error(`Posting ${operation} was refused: ${posted.refusal.code}`);
  await endOthers(tx, intent, transaction);
  return true;
}

function post(tx: Tx, intent: MovingIntent, fee: bigint) {
  const { operation, vault, asset } = intent;
  const { feeAsset } = chainFacts(intent.chain);
  const feeFrom = feeSourceOf(intent);
  const moved = { operation, asset, amount: BigInt(intent.amount), fee, feeAsset, feeFrom };
  return intent.kind === 'withdrawal'
    ? postWithdrawal(tx, { ...moved, client: intent.client, vault })
    : postVaultTransfer(tx, { ...moved, from: vault, to: intent.destination.vault });
}

async function fail(
  tx: Tx,
  row: OperationRow,
  intent: MovingIntent,
  transaction: RanOne & { error: string },
  now: Date,
): Promise<boolean> {
  if (!(await isStill(tx, row.id, 'broadcast'))) return false;
  await tx.chainTransaction.update({
    where: { id: transaction.id },
    data: { phase: 'failed', slot: transaction.slot, error: transaction.error },
  });
  // An operation does not fail while a transaction of it may still confirm.
  await endOthers(tx, intent, transaction);
  const stop = {
    code: 'transaction-failed',
    party: null,
    sentence: `The chain ran the transaction and refused the transfer (${transaction.error}). Nothing was sent${whatBecameOf(intent)}.`,
  };
  const moved = await changeState(
    tx,
    { operation: row.id, from: 'broadcast', to: 'failed', stop },
    now,
  );
  if (!moved) return false;
  const feeFrom = feeSourceOf(intent);
  // A fee that the client bears comes from what is held, and ends it.
  if (typeof feeFrom !== 'object') await undoRaise(tx, row.id, 'voided');
  // After the client's account, so that accounts are locked in the order of every other journal.
  const posted = await postRefusedFee(tx, {
    chain: intent.chain,
    txid: transaction.txid,
    operation: row.id,
    vault: intent.vault,
    asset: chainFacts(intent.chain).feeAsset,
    fee: transaction.fee,
    feeFrom,
    at: now,
  });
  if (!posted.ok)
    throw new Error(`Posting the fee of ${row.id} was refused: ${posted.refusal.code}`);
  return true;
}

/** The end of a sentence: what is free again, and what the network took from the client all the same. */
function whatBecameOf(intent: MovingIntent): string {
  if (typeof feeSourceOf(intent) === 'object')
    return '; the network took its fee from the client’s account, and the rest that was held is free again';
  return intent.kind === 'withdrawal' ? '; the client’s balance is free again' : '';
}

/**
 * Nobody but the parties can use the vault's nonce, so this needs a person to look. The transaction
 * is over, so people can end the operation and its time can run out.
 */
async function holdSuperseded(tx: Tx, row: OperationRow, by: string, now: Date): Promise<boolean> {
  await tx.chainTransaction.updateMany({
    where: { operationId: row.id, phase: { notIn: [...overPhases] } },
    data: { phase: 'failed', error: `superseded by ${by}`, slot: null },
  });
  const mayBeOurs = row.transactions.some(isNameless)
    ? ' It may be the one that was to take its place: a signature of that may exist, but its record was changed and can’t be read.'
    : '';
  const stop = {
    code: 'transaction-superseded',
    party: null,
    sentence: `Another transaction (${by}) used what this one was tied to on the chain, so it can never run.${mayBeOurs} Find out who made it, then cancel or reject this one.`,
  };
  return changeState(tx, { operation: row.id, from: 'broadcast', to: 'held', stop }, now);
}
