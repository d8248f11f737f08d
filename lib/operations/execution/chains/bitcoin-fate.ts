/**
 * What became of a Bitcoin payment. That a node does not know it proves nothing: it counts as impossible only where
 * a transaction that spends one of its coins lies as deep in the chain as one that counts as final.
 */
import { bitcoinContextOf } from '#lib/chains/account-context.ts';
import { transactionId } from '#lib/chains/bitcoin/assemble.ts';
import type { BitcoinSource, BlockRef } from '#lib/chains/bitcoin/client/source.ts';
import {
  readTransaction,
  type RawTransaction,
} from '#lib/chains/bitcoin/client/raw-transaction.ts';
import { outpointOfConflictKey, type Outpoint } from '#lib/chains/bitcoin/conflict-key.ts';
import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { decode } from '#lib/chains/bitcoin/decode.ts';
import { DecodeError, type Decoded } from '#lib/chains/decoded.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { log } from '#lib/platform/log.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { Fate, TransactionRow } from './chain-adapter.ts';
import { loadMovingIntent, loadVaultKey } from './source-account.ts';

/** @throws where no node is configured: nothing on such a chain is raised then. */
export function sourceOf({ bitcoin }: WorkerContext): BitcoinSource {
  if (!bitcoin) throw new Error('No Bitcoin node is configured.');
  return bitcoin;
}

/** @throws BitcoinNodeError, and EndpointsDiffer where two nodes do not say the same. */
export async function findBitcoinFate(
  transaction: TransactionRow,
  context: WorkerContext,
): Promise<Fate> {
  const source = sourceOf(context);
  const { txid, chain } = transaction;
  if (txid === null) throw new Error('Only a transaction with an id has a fate.');
  const tip = await source.tip();
  const depthOf = ({ height }: BlockRef): number => tip.height - height + 1;
  const isFinal = (block: BlockRef): boolean =>
    depthOf(block) >= (chainFacts(chain).confirmations ?? Infinity);
  const known = await source.transaction(txid);
  if (known && !known.block) return { fate: 'possible' };
  const payment = await decodedOf(transaction, context);
  if (known?.block)
    return {
      fate: 'ran',
      height: BigInt(known.block.height),
      isFinal: isFinal(known.block),
      depth: depthOf(known.block),
      error: null,
      // What the bytes say it is.
      fee: payment ? BigInt(payment.fee) : await feeOf(known.transaction, source),
      raw: known.transaction.bytes,
    };
  const spent = payment ? coinsOf(payment) : coinsOnRecord(transaction, txid);
  return fateByCoins(spent, txid, { source, isFinal });
}

/** By the coins that it spends, each of which is spent once. */
async function fateByCoins(
  spent: readonly Outpoint[],
  txid: string,
  { source, isFinal }: { source: BitcoinSource; isFinal: (block: BlockRef) => boolean },
): Promise<Fate> {
  let isUnclear = false;
  for (const coin of spent) {
    const spending = await source.spending(coin);
    if (spending.state === 'unknown') isUnclear = true;
    if (spending.state !== 'spent') continue;
    const { by } = spending;
    // It came into a block between the two questions, or the node's index of ids is behind its blocks.
    if (by.txid === txid) return { fate: 'unclear' };
    // Until it is as deep as this, a reorganisation may take it back, and this one may run after all.
    if (isFinal(by.block)) return { fate: 'superseded', by: by.txid };
  }
  return isUnclear ? { fate: 'unclear' } : { fate: 'possible' };
}

const coinsOf = ({ conflictKey, uses = [] }: Decoded): Outpoint[] =>
  [conflictKey, ...uses].map(outpointOfConflictKey);

/**
 * What the unsigned bytes of a signed payment say.
 * @throws DecodeError where they are no payment of the account any more, or another than was signed.
 */
export function decodeSigned(
  { message, txid }: Pick<TransactionRow, 'message' | 'txid'>,
  account: BitcoinContext,
): Decoded {
  if (transactionId(message, account) !== txid)
    throw new DecodeError('transaction-not-a-transfer', 'not-what-was-signed');
  return decode(message, account);
}

/** Null where the unsigned bytes on record were changed since they were signed. */
async function decodedOf(
  transaction: TransactionRow,
  { db }: WorkerContext,
): Promise<Decoded | null> {
  const { operationId, txid } = transaction;
  const intent = await loadMovingIntent(db, operationId);
  const key = await loadVaultKey(db, intent.vault);
  try {
    return decodeSigned(transaction, bitcoinContextOf(key, ownerOf(intent)));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    log.error(
      { operation: operationId, txid, err: error },
      'the unsigned bytes on record were changed; the signed ones say what became of them',
    );
    return null;
  }
}

/**
 * Of one that is not signed on record, the coin that every transaction of its operation spends.
 * @throws RawError, and Error where the signed bytes on record are not those of this id either.
 */
function coinsOnRecord(
  { raw, operationId, conflictKey }: TransactionRow,
  txid: string,
): readonly Outpoint[] {
  if (raw === null) return [outpointOfConflictKey(conflictKey)];
  const signed = readTransaction(raw);
  if (signed.txid !== txid)
    throw new Error(
      `Neither the unsigned nor the signed bytes on record are transaction ${txid} of operation ${operationId}. Restore them from a backup.`,
    );
  return signed.inputs;
}

/** Satoshis, by the transactions that made what it spends: each is known by its bytes. */
async function feeOf({ inputs, outputs }: RawTransaction, source: BitcoinSource): Promise<bigint> {
  let fee = 0n;
  for (const { txid, vout } of inputs) {
    const made = (await source.transaction(txid))?.transaction.outputs[vout];
    if (!made) throw new Error(`The node does not know output ${vout} of transaction ${txid}.`);
    fee += made.amount;
  }
  for (const { amount } of outputs) fee -= amount;
  return fee;
}
