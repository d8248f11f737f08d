/** What an address received: the source of deposit detection. */
import { readHistory, type HistoryQuery } from './account-history.ts';
import type { RpcConnection } from './rpc-call.ts';
import { readTransfer, type IncomingTransfer } from './transfer-reader.ts';

export type TransferQuery = HistoryQuery;

export type TransferPage = {
  /** Oldest first. Failed transactions and those that took more than they gave are left out. */
  transfers: IncomingTransfer[];
  /** Store it with what was credited, and pass it as `until` next time; null when there is nothing yet. */
  cursor: string | null;
  /** More is waiting: ask again with the new cursor. */
  more: boolean;
};

/** @throws SolanaRpcError */
export async function getTransfers(
  connection: RpcConnection,
  account: string,
  query: TransferQuery,
): Promise<TransferPage> {
  const { found, cursor, more } = await readHistory(connection, account, query, {
    skipFailed: true,
    read: (executed, entry) => readTransfer(executed, account, entry),
  });
  return { transfers: found, cursor, more };
}
