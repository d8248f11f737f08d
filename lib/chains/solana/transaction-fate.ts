/**
 * What became of a transaction that is tied to a nonce value. "Not found" alone proves nothing
 * (nodes forget, lag and differ), so a transaction counts as impossible only when the one that
 * used its nonce value is known by name, and finalized.
 */
import { address } from '@solana/kit';
import { getExecuted } from './executed-transaction.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { accountAnswer, type Commitment } from './rpc-answers.ts';
import { readNonceState } from './nonce-state.ts';
import { getSignatures, PAGE_SIZE } from './signatures.ts';
import { getStatus } from './transaction-status.ts';

export type Fate =
  /** It ran. `error` null: the transfer happened; otherwise it can never happen under this nonce value. */
  | { fate: 'executed'; commitment: Commitment; slot: bigint; error: string | null }
  /** Its nonce value still stands: it can run whenever someone sends it. */
  | { fate: 'possible' }
  /** Another transaction used its nonce value, finally: it can never run. */
  | { fate: 'superseded'; by: string }
  /** The nonce moved on, but what moved it isn't final or isn't found (yet). Ask again; never act on it. */
  | { fate: 'unclear' };

export type FateQuery = { transactionId: string; nonce: { account: string; value: string } };

/** Newest transactions of the nonce account that are searched for the one that used the value. */
const SEARCH_PAGES_MAX = 2;

/** @throws SolanaRpcError */
export async function findFate(connection: RpcConnection, query: FateQuery): Promise<Fate> {
  const { account, value } = query.nonce;
  // The nonce is read before the status: a run between the two reads is then seen by the second.
  const moved = await hasMoved(connection, account, value);
  const status = await getStatus(connection, query.transactionId);
  if (status.status !== 'not-found')
    return { fate: 'executed', commitment: status.status, slot: status.slot, error: status.error };
  if (!moved) return { fate: 'possible' };
  const user = await findUser(connection, account, value);
  if (user === null || user === query.transactionId) return { fate: 'unclear' };
  return { fate: 'superseded', by: user };
}

async function hasMoved(
  connection: RpcConnection,
  account: string,
  value: string,
): Promise<boolean> {
  const answer = await ask(
    connection,
    'getAccountInfo',
    (rpc) => rpc.getAccountInfo(address(account), { commitment: 'finalized', encoding: 'base64' }),
    accountAnswer,
  );
  const data = answer.value && new Uint8Array(Buffer.from(answer.value.data[0], 'base64'));
  const nonce = readNonceState(answer.value && data && { owner: answer.value.owner, data });
  return nonce.state === 'ready' && nonce.value !== value;
}

/** @returns id of the finalized transaction that was anchored to this nonce value. */
async function findUser(
  connection: RpcConnection,
  account: string,
  value: string,
): Promise<string | null> {
  let before: string | null = null;
  for (let pages = 0; pages < SEARCH_PAGES_MAX; pages += 1) {
    const page = await getSignatures(connection, account, {
      commitment: 'finalized',
      until: null,
      before,
    });
    for (const entry of page) {
      const found = await getExecuted(connection, entry.signature, 'finalized');
      if (found?.transaction.message.recentBlockhash === value) return entry.signature;
    }
    before = page.at(-1)?.signature ?? null;
    if (page.length < PAGE_SIZE) return null;
  }
  return null;
}
