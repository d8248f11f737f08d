/** Two nodes asked the same: one that lies or lags is noticed by the other. */
import { EthereumRpcError, type RpcFault } from './rpc-error.ts';

export type Comparison<T> =
  | { verdict: 'agree'; value: T }
  /** At least one of them is wrong, and nobody knows which: hold, never guess. */
  | { verdict: 'disagree'; first: T; second: T }
  /** Only one answered. Its word is no agreement; what may be done on it the caller has to decide. */
  | { verdict: 'one-away'; value: T; away: 'first' | 'second'; fault: RpcFault }
  | { verdict: 'both-away'; fault: RpcFault };

/**
 * Asks both at once. Ask about a block by its hash, or about a final one: the newest differ honestly.
 * @throws EthereumRpcError `rpc-other-chain` of either: that is no node that is away.
 */
export async function compareEndpoints<Client, T>(
  clients: readonly [first: Client, second: Client],
  question: (client: Client) => Promise<T>,
): Promise<Comparison<T>> {
  const [first, second] = await Promise.all(clients.map((client) => attempt(client, question)));
  if (!first || !second) throw new TypeError('Two clients are compared');
  if (first.ok && second.ok)
    return sameText(first.value) === sameText(second.value)
      ? { verdict: 'agree', value: first.value }
      : { verdict: 'disagree', first: first.value, second: second.value };
  if (first.ok)
    return { verdict: 'one-away', value: first.value, away: 'second', fault: faultOf(second) };
  if (second.ok)
    return { verdict: 'one-away', value: second.value, away: 'first', fault: first.fault };
  return { verdict: 'both-away', fault: first.fault };
}

type Attempt<T> = { ok: true; value: T } | { ok: false; fault: RpcFault };

const faultOf = <T>(one: Attempt<T>): RpcFault => (one.ok ? 'rpc-bad-answer' : one.fault);

async function attempt<Client, T>(
  client: Client,
  question: (client: Client) => Promise<T>,
): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await question(client) };
  } catch (error) {
    if (error instanceof EthereumRpcError && error.fault !== 'rpc-other-chain')
      return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Answers are plain data read by the same code, so their fields stand in the same order. */
const sameText = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? `${member}n` : member,
  ) ?? 'undefined';
