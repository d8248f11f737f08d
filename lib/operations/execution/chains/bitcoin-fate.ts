/**
 * What became of a Bitcoin payment. That a node does not know it proves nothing: it counts as impossible only where
 * a transaction that spends one of its coins lies as deep in the chain as one that counts as final.
 */
import { decodeForOwner } from '#lib/chains/account-context.ts';
import type { BitcoinSource, BlockRef } from '#lib/chains/bitcoin/client/source.ts';
import { outpointOfConflictKey } from '#lib/chains/bitcoin/conflict-key.ts';
import type { Decoded } from '#lib/chains/decoded.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { Fate, TransactionRow } from './chain-adapter.ts';
import { loadMovingIntent, loadVaultKey, ownerOf } from './source-account.ts';

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
  if (txid === null) throw new Error('Only a signed transaction has a fate.');
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
      fee: BigInt(payment.fee),
    };
  return fateByCoins(payment, txid, { source, isFinal });
}

/** By the coins that it spends, each of which is spent once. */
async function fateByCoins(
  { conflictKey, uses = [] }: Decoded,
  txid: string,
  { source, isFinal }: { source: BitcoinSource; isFinal: (block: BlockRef) => boolean },
): Promise<Fate> {
  let isUnclear = false;
  for (const key of [conflictKey, ...uses]) {
    const spending = await source.spending(outpointOfConflictKey(key));
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

async function decodedOf(transaction: TransactionRow, { db }: WorkerContext): Promise<Decoded> {
  const intent = await loadMovingIntent(db, transaction.operationId);
  const key = await loadVaultKey(db, intent.vault);
  return decodeForOwner(key, ownerOf(intent), transaction.message);
}
