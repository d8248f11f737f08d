/**
 * Contracts outside our data that say that something of theirs moved to an account of ours. Anybody can have a contract
 * say so, in any form; what has not the form of an ERC-20 transfer is left out, and what is really there is for
 * `balanceOf` to say, as far as anybody believes a stranger's contract.
 */
import { z } from 'zod';
import { addressTopic, addressOfTopic, TRANSFER, type EventQuery } from './token-events.ts';
import { hash32, nodeAddress, quantity, toQuantity } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { EthereumRpcError } from './rpc-error.ts';
import { tokenBalanceAt, type BlockAt } from './accounts.ts';

/** Addresses in one question: providers bound the size of a filter. */
const ACCOUNTS_AT_ONCE = 200;
const LOGS_BYTES_MAX = 8 * 1024 * 1024;

const logsAnswer = z
  .array(
    z.looseObject({
      address: nodeAddress,
      topics: z.array(hash32).max(4),
      blockNumber: quantity,
      removed: z.boolean().optional(),
    }),
  )
  .max(20_000);

export type UnknownArrival = {
  /** The contract, EIP-55. */
  token: string;
  /** Ours. */
  account: string;
  /** Of the newest block of the span that says so. */
  block: bigint;
};

/**
 * @param query.tokens the known ones, which are left out.
 * @throws EthereumRpcError, also where a span has more events than are read: ask for a shorter one.
 */
export async function unknownTokensIn(
  connection: RpcConnection,
  { from, to }: { from: bigint; to: bigint },
  { accounts, tokens }: EventQuery,
): Promise<UnknownArrival[]> {
  const known = new Set(tokens);
  const found = new Map<string, UnknownArrival>();
  const ours = [...accounts];
  for (let start = 0; start < ours.length; start += ACCOUNTS_AT_ONCE) {
    const topics = ours.slice(start, start + ACCOUNTS_AT_ONCE).map(addressTopic);
    const question = {
      fromBlock: toQuantity(from),
      toBlock: toQuantity(to),
      topics: [TRANSFER, null, topics],
    };
    const logs = await ask(connection, 'eth_getLogs', [question], logsAnswer, LOGS_BYTES_MAX);
    for (const { address: token, topics: said, blockNumber: block, removed } of logs) {
      const [event, , to3] = said;
      // Four topics are a thing of its own kind (ERC-721), which has no amount.
      if (removed === true || known.has(token) || event !== TRANSFER || said.length !== 3) continue;
      const account = to3 === undefined ? null : addressOfTopic(to3);
      if (account === null || !accounts.has(account) || block < from || block > to) continue;
      const name = `${token} ${account}`;
      const before = found.get(name);
      if (before === undefined || before.block < block) found.set(name, { token, account, block });
    }
  }
  return [...found.values()].toSorted((one, other) =>
    `${one.token} ${one.account}` < `${other.token} ${other.account}` ? -1 : 1,
  );
}

/** More than there is of anything; a contract can claim up to 2^256. */
const AMOUNT_MAX = 10n ** 60n;

/**
 * What a stranger's contract says that an account holds; none where it says nothing, more than can be, or so much that
 * nobody reads it: a contract that answers at a length of its own choice must not keep its vault from being compared.
 * @throws EthereumRpcError when the node gives no answer.
 */
export async function unknownBalanceAt(
  connection: RpcConnection,
  token: string,
  account: string,
  place: BlockAt,
): Promise<bigint> {
  try {
    const amount = await tokenBalanceAt(connection, token, account, place);
    return amount > AMOUNT_MAX ? 0n : amount;
  } catch (error) {
    const isOfContract =
      error instanceof EthereumRpcError &&
      ['rpc-bad-answer', 'rpc-refused', 'rpc-answer-too-large'].includes(error.fault);
    if (isOfContract) return 0n;
    throw error;
  }
}
