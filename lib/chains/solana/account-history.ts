/** Walks the transactions that touched an address, oldest first, from where the last walk stopped. */
import { getExecuted } from './executed-transaction.ts';
import type { TransactionAnswer } from './rpc-answers.ts';
import type { RpcConnection } from './rpc-call.ts';
import { SolanaRpcError } from './rpc-error.ts';
import { getSignatures, PAGE_SIZE, type SignatureEntry } from './signatures.ts';

export type HistoryQuery = {
  /** Id of the last transaction looked at (`cursor` of the page before); null for the whole history. */
  until: string | null;
  /** Transactions to look at in one call, 1 to 1000; 100 unless said otherwise. */
  limit?: number;
  /** `finalized` unless said otherwise: what is booked must not be undone. */
  commitment?: 'confirmed' | 'finalized';
};

export type HistoryPage<T> = {
  /** Oldest first. */
  found: T[];
  /** Store it with what was booked, and pass it as `until` next time; null when there is nothing yet. */
  cursor: string | null;
  /** More is waiting: ask again with the new cursor. */
  more: boolean;
};

/** Ids are listed newest first, so all new ones are walked to find the oldest; this bounds the walk. */
const PAGES_MAX = 200;

/**
 * @param of.skipFailed saves a question for each transaction that failed.
 * @param of.read what to make of a transaction; null leaves it out.
 * @throws SolanaRpcError; `rpc-bad-answer` too when a node's lists and transactions disagree, so
 * that nothing is skipped silently.
 */
export async function readHistory<T>(
  connection: RpcConnection,
  account: string,
  query: HistoryQuery,
  of: {
    skipFailed: boolean;
    read: (executed: NonNullable<TransactionAnswer>, entry: SignatureEntry) => T | null;
  },
): Promise<HistoryPage<T>> {
  const { until, limit = 100, commitment = 'finalized' } = query;
  const waiting = await listNew(connection, account, until, commitment);
  const batch = waiting.slice(-limit).reverse();
  const found: T[] = [];
  for (const entry of batch) {
    if (of.skipFailed && entry.err !== null) continue;
    const executed = await getExecuted(connection, entry.signature, commitment);
    if (executed?.slot !== entry.slot)
      throw disagreement('getTransaction', 'a listed transaction is missing or in another slot');
    const read = of.read(executed, entry);
    if (read !== null) found.push(read);
  }
  return {
    found,
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
