/**
 * What became of a transaction that is tied to a nonce value. "Not found" alone proves nothing
 * (nodes forget, lag and differ), so a transaction counts as impossible only when the one that
 * used its nonce value is known by name, and finalized. Nor does "finalized" alone: whichever way
 * a transaction ended, it has used its nonce value, and the node can show it.
 */
import { address } from '@solana/kit';
import { getExecuted } from './executed-transaction.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { accountAnswer, type Commitment } from './rpc-answers.ts';
import { readNonceState } from './nonce-state.ts';
import { getSignatures, PAGE_SIZE } from './signatures.ts';
import { describeTransactionError } from './transaction-error.ts';
import { getStatus } from './transaction-status.ts';

export type Fate =
  /** It ran. `error` null: the transfer happened; otherwise it can never happen under this nonce value. */
  | { fate: 'executed'; commitment: Commitment; slot: bigint; error: string | null }
  /** Its nonce value still stands: it can run whenever someone sends it. */
  | { fate: 'possible' }
  /** Another transaction used its nonce value, finally: it can never run. */
  | { fate: 'superseded'; by: string }
  /**
   * What the node says doesn't fit together (yet): the nonce moved on, but what moved it isn't final
   * or isn't found, or the transaction is called final while its nonce value still stands. Ask
   * again; never act on it.
   */
  | { fate: 'unclear' };

export type FateQuery = {
  transactionId: string;
  nonce: { account: string; value: string };
  /**
   * Every signature on the transaction, base58. Whoever holds the fee payer's key can sign the same
   * message once more and so run it under another id; the vault's signature on it gives it away.
   */
  signatures?: readonly string[];
};

/** Newest transactions of the nonce account that are searched for the one that used the value. */
const SEARCH_PAGES_MAX = 2;

/** @throws SolanaRpcError */
export async function findFate(connection: RpcConnection, query: FateQuery): Promise<Fate> {
  const { account, value } = query.nonce;
  // The nonce is read before the status: a run between the two reads is then seen by the second.
  const moved = await hasMoved(connection, account, value);
  const status = await getStatus(connection, query.transactionId);
  if (status.status !== 'not-found') {
    const { status: commitment, slot, error } = status;
    const isProven =
      commitment !== 'finalized' || (moved && (await isShown(connection, query, error)));
    return isProven ? { fate: 'executed', commitment, slot, error } : { fate: 'unclear' };
  }
  if (!moved) return { fate: 'possible' };
  const user = await findUser(connection, account, value);
  if (user === null || user.id === query.transactionId) return { fate: 'unclear' };
  if (query.signatures?.some((one) => user.signatures.includes(one))) return { fate: 'unclear' };
  return { fate: 'superseded', by: user.id };
}

/** Whether the node has the transaction itself, tied to this nonce value and with this outcome. */
async function isShown(
  connection: RpcConnection,
  { transactionId, nonce }: FateQuery,
  error: string | null,
): Promise<boolean> {
  const found = await getExecuted(connection, transactionId, 'finalized');
  return (
    found !== null &&
    found.transaction.message.recentBlockhash === nonce.value &&
    found.transaction.message.accountKeys.includes(nonce.account) &&
    (found.meta.err === null ? null : describeTransactionError(found.meta.err)) === error
  );
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

/** @returns the finalized transaction that was anchored to this nonce value. */
async function findUser(
  connection: RpcConnection,
  account: string,
  value: string,
): Promise<{ id: string; signatures: readonly string[] } | null> {
  let before: string | null = null;
  for (let pages = 0; pages < SEARCH_PAGES_MAX; pages += 1) {
    const page = await getSignatures(connection, account, {
      commitment: 'finalized',
      until: null,
      before,
    });
    for (const entry of page) {
      const found = await getExecuted(connection, entry.signature, 'finalized');
      if (found?.transaction.message.recentBlockhash === value)
        return { id: entry.signature, signatures: found.transaction.signatures };
    }
    before = page.at(-1)?.signature ?? null;
    if (page.length < PAGE_SIZE) return null;
  }
  return null;
}
