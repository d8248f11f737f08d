/** Sending, with every outcome a value: taken, refused, or unknown. */
import type { Base64EncodedWireTransaction } from '@solana/kit';
import { ask, type RpcConnection } from './rpc-call.ts';
import { transactionIdText } from './rpc-answers.ts';
import { SolanaRpcError, type RpcFault } from './rpc-error.ts';
import { idOfTransaction } from './transaction.ts';
import {
  describeTransactionError,
  nameOfTransactionError,
  transactionError,
} from './transaction-error.ts';

export type SendRefusal =
  /** The blockhash has aged out, or the nonce has moved on: maybe because this very transaction ran before. */
  | 'blockhash-not-found'
  /** The chain has it already. */
  | 'already-processed'
  /** The dry run failed; `error` says how. */
  | 'would-fail'
  | 'bad-signature'
  /** The node doesn't take these bytes at all. */
  | 'not-accepted';

export type SendOutcome =
  | { outcome: 'accepted'; transactionId: string }
  /** Not taken this time. For `blockhash-not-found` and `already-processed` look the id up: it may have run before. */
  | { outcome: 'refused'; transactionId: string; refusal: SendRefusal; error: string }
  /** It may or may not run. Look the id up, or send the same bytes again: they can run only once. */
  | { outcome: 'unknown'; transactionId: string; fault: RpcFault };

const PREFLIGHT_FAILURE = -32002;
const BAD_SIGNATURE = -32003;
/** Codes that a node gives before it has passed anything on. */
const notAccepted = new Set([-32600, -32601, -32602, -32700, -32006, -32013, -32015]);

/**
 * Sends signed bytes after the node's own dry run.
 * @throws only when the bytes hold no transaction id, or SolanaRpcError `rpc-other-chain`; nothing
 * was sent then.
 */
export async function sendTransaction(
  connection: RpcConnection,
  transaction: Uint8Array,
): Promise<SendOutcome> {
  const transactionId = idOfTransaction(transaction);
  const wire = Buffer.from(transaction).toString('base64') as Base64EncodedWireTransaction;
  try {
    const answered = await ask(
      connection,
      'sendTransaction',
      (rpc) =>
        rpc.sendTransaction(wire, {
          encoding: 'base64',
          skipPreflight: false,
          preflightCommitment: 'confirmed',
        }),
      transactionIdText,
    );
    // A node that answers with another id has not said anything about this transaction.
    if (answered !== transactionId)
      return { outcome: 'unknown', transactionId, fault: 'rpc-bad-answer' };
    return { outcome: 'accepted', transactionId };
  } catch (error) {
    if (error instanceof SolanaRpcError && error.fault !== 'rpc-other-chain')
      return outcomeOf(error, transactionId);
    throw error;
  }
}

function outcomeOf(error: SolanaRpcError, transactionId: string): SendOutcome {
  const refused = (refusal: SendRefusal, text: string): SendOutcome => ({
    outcome: 'refused',
    transactionId,
    refusal,
    error: text,
  });
  const { rpcCode } = error;
  if (rpcCode === BAD_SIGNATURE) return refused('bad-signature', error.message);
  if (rpcCode !== null && notAccepted.has(rpcCode)) return refused('not-accepted', error.message);
  if (rpcCode === PREFLIGHT_FAILURE) {
    const failure = readPreflightError(error.data);
    if (failure === null) return { outcome: 'unknown', transactionId, fault: 'rpc-bad-answer' };
    return refused(failure.refusal, failure.text);
  }
  return { outcome: 'unknown', transactionId, fault: error.fault };
}

function readPreflightError(data: unknown): { refusal: SendRefusal; text: string } | null {
  const err: unknown = typeof data === 'object' && data !== null && 'err' in data ? data.err : null;
  const parsed = transactionError.safeParse(err);
  if (!parsed.success) return null;
  const text = describeTransactionError(parsed.data);
  switch (nameOfTransactionError(parsed.data)) {
    case 'BlockhashNotFound':
      return { refusal: 'blockhash-not-found', text };
    case 'AlreadyProcessed':
      return { refusal: 'already-processed', text };
    case 'SignatureFailure':
      return { refusal: 'bad-signature', text };
    default:
      return { refusal: 'would-fail', text };
  }
}
