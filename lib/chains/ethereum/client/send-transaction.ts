/** Sending, with every outcome a value: taken, refused, or unknown. */
import { bytesToHex } from 'viem/utils';
import { hashOfRaw } from '../assemble.ts';
import { hash32 } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { EthereumRpcError, type RpcFault } from './rpc-error.ts';

export type SendRefusal =
  /** The account's nonce has moved on: maybe because this very transaction ran before. */
  | 'nonce-too-low'
  /** Another transaction with this nonce waits already, and this one offers too little more. */
  | 'replacement-underpriced'
  /** It offers less than the node passes on, or than the block's base fee. */
  | 'fee-too-low'
  | 'insufficient-funds'
  /** The node doesn't take these bytes at all. */
  | 'not-accepted';

export type SendOutcome =
  /** Waiting at the node, now or from before. */
  | { outcome: 'accepted'; hash: string }
  /** Not taken this time. For `nonce-too-low` look the hash up: it may have run before. */
  | { outcome: 'refused'; hash: string; refusal: SendRefusal; error: string }
  /** It may or may not run. Look the hash up, or send the same bytes again: they can run only once. */
  | { outcome: 'unknown'; hash: string; fault: RpcFault };

/** JSON-RPC codes that a node gives before it has passed anything on. */
const notAccepted = new Set([-32_700, -32_600, -32_601, -32_602]);

/**
 * Nodes say why in words of their own, under a code that means everything (-32000, or -32003 with
 * anvil). The words below are those of geth, which most others keep to; a sentence that is not known
 * proves nothing, so its outcome is unknown.
 */
const sentences: readonly [RegExp, SendRefusal][] = [
  [/nonce too low/i, 'nonce-too-low'],
  [
    /replacement (?:transaction|fee|not allowed)|underpriced.*replac|could not replace/i,
    'replacement-underpriced',
  ],
  [/insufficient funds/i, 'insufficient-funds'],
  [
    /underpriced|(?:max fee per gas|fee cap) (?:is )?less than block base fee|fee too low/i,
    'fee-too-low',
  ],
  [
    /invalid sender|intrinsic gas too low|exceeds block gas limit|transaction type not supported|invalid chain id|rlp:|failed to decode/i,
    'not-accepted',
  ],
];

const alreadyThere =
  /already known|already imported|\bknown transaction|already in (?:the )?(?:mem)?pool/i;

/**
 * Sends signed bytes. Their hash is known, and has to be stored, before.
 * @throws only EthereumRpcError `rpc-other-chain`; nothing was sent then.
 */
export async function sendTransaction(
  connection: RpcConnection,
  raw: Uint8Array,
): Promise<SendOutcome> {
  const hash = hashOfRaw(raw);
  try {
    const parameters = [bytesToHex(raw)];
    const answered = await ask(connection, 'eth_sendRawTransaction', parameters, hash32);
    // A node that answers with another hash has not said anything about this transaction.
    if (answered !== hash) return { outcome: 'unknown', hash, fault: 'rpc-bad-answer' };
    return { outcome: 'accepted', hash };
  } catch (error) {
    if (error instanceof EthereumRpcError && error.fault !== 'rpc-other-chain')
      return outcomeOf(error, hash);
    throw error;
  }
}

function outcomeOf(
  { fault, method, rpcCode, message }: EthereumRpcError,
  hash: string,
): SendOutcome {
  // Only a refusal of the sending itself says anything: the guard asks its own questions before.
  if (fault !== 'rpc-refused' || method !== 'eth_sendRawTransaction')
    return { outcome: 'unknown', hash, fault };
  if (alreadyThere.test(message)) return { outcome: 'accepted', hash };
  const known = sentences.find(([sentence]) => sentence.test(message))?.[1];
  const refusal = known ?? (rpcCode !== null && notAccepted.has(rpcCode) ? 'not-accepted' : null);
  return refusal === null
    ? { outcome: 'unknown', hash, fault }
    : { outcome: 'refused', hash, refusal, error: message };
}
