/** What happened to the balance of an address, failed transactions included. */
import { readHistory, type HistoryPage, type HistoryQuery } from './account-history.ts';
import { readMovement, type Movement } from './movement-reader.ts';
import type { RpcConnection } from './rpc-call.ts';

/** @throws SolanaRpcError */
export function getMovements(
  connection: RpcConnection,
  account: string,
  query: HistoryQuery,
): Promise<HistoryPage<Movement>> {
  return readHistory(connection, account, query, {
    skipFailed: false,
    read: (executed, entry) => readMovement(executed, account, entry),
  });
}
