/** What an address received: the source of deposit detection. */
import { getExecuted } from './executed-transaction.ts';
import type { RpcConnection } from './rpc-call.ts';
import { SolanaRpcError } from './rpc-error.ts';
import { getSignatures, PAGE_SIZE, type SignatureEntry } from './signatures.ts';
import { readTransfer, type IncomingTransfer } from './transfer-reader.ts';

export type TransferQuery = {
  /** Id of the last transaction looked at (`cursor` of the page before); null for the whole history. */
  until: string | null;
  /** Transactions to look at in one call, 1 to 1000; 100 unless said otherwise. */
  limit?: number;
  /** `finalized` unless said otherwise: a deposit is credited when it can't be undone. */
  commitment?: 'confirmed' | 'finalized';
};

export type TransferPage = {
  /** Oldest first. Failed transactions and those that took more than they gave are left out. */
  transfers: IncomingTransfer[];
  /** Store it with what was credited, and pass it as `until` next time; null when there is nothing yet. */
  cursor: string | null;
  /** More is waiting: ask again with the new cursor. */
  more: boolean;
};

/** Ids are listed newest first, so all new ones are walked to find the oldest; this bounds the walk. */
const PAGES_MAX = 200;

/**
 * @throws SolanaRpcError; `rpc-bad-answer` too when a node's lists and transactions disagree, so
 * that nothing is skipped silently.
 */
export async function getTransfers(
  connection: RpcConnection,
  account: string,
  query: TransferQuery,
): Promise<TransferPage> {
  const { until, limit = 100, commitment = 'finalized' } = query;
  const waiting = await listNew(connection, account, until, commitment);
  const batch = waiting.slice(-limit).reverse();
  const transfers: IncomingTransfer[] = [];
  for (const entry of batch) {
    if (entry.err !== null) continue;
    const found = await getExecuted(connection, entry.signature, commitment);
    if (found?.slot !== entry.slot)
      throw disagreement('getTransaction', 'a listed transaction is missing or in another slot');
    const transfer = readTransfer(found, account, entry);
    if (transfer !== null) transfers.push(transfer);
  }
  return {
    transfers,
    cursor: batch.at(-1)?.signature ?? until,
    more: waiting.length > batch.length,
  };
}

async function listNew(
  connection: RpcConnection,
  account: string,
  until: string | null,
  commitment: 'confirmed' | 'finalized',
): Promise<SignatureEntry[]> {
  const all: SignatureEntry[] = [];
  const seen = new Set<string>();
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await getSignatures(connection, account, {
      commitment,
      until,
      before: all.at(-1)?.signature ?? null,
    });
    for (const entry of page) {
      if (seen.has(entry.signature))
        throw disagreement('getSignaturesForAddress', 'the same id twice');
      seen.add(entry.signature);
      all.push(entry);
    }
    if (page.length < PAGE_SIZE) return all;
  }
  throw disagreement('getSignaturesForAddress', 'more new transactions than can be walked');
}

const disagreement = (method: string, sentence: string): SolanaRpcError =>
  new SolanaRpcError('rpc-bad-answer', method, sentence);
