/** `Transfer` events of known tokens, by which accounts of ours gained or lost some. */
import { concatBytes } from '@noble/hashes/utils.js';
import { bytesToHex } from 'viem/utils';
import type { z } from 'zod';
import { addressBytes, toChecksum } from '../address.ts';
import { logsAnswer, toQuantity } from './answers.ts';
import { checkMark, type BlockMark } from './blocks.ts';
import type { Movement } from './movement.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';

/** `Transfer(address,address,uint256)` (ERC-20). */
export const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
/** Addresses in one question: providers bound the size of a filter. */
const ACCOUNTS_AT_ONCE = 200;
/** Blocks in one question: providers bound these too. */
export const RANGE_MAX = 1_000n;
const LOGS_BYTES_MAX = 8 * 1024 * 1024;

export type EventQuery = {
  /** Ours, EIP-55. */
  accounts: ReadonlySet<string>;
  /** Contracts of the known tokens, EIP-55. What others call a transfer is nobody's word. */
  tokens: readonly string[];
};

export type PlacedMovement = { movement: Movement; block: BlockMark };

/** Where to look: one block by its hash, or blocks by number, both ends included. */
export type EventPlace = { hash: string } | { from: bigint; to: bigint };

/**
 * Events in the order of the chain. Those that move nothing are left out: anybody can have one with
 * our address in it made, to put a look-alike address among our records.
 * @throws EthereumRpcError; `rpc-bad-answer` too where the node says what was not asked for.
 */
export async function tokenEvents(
  connection: RpcConnection,
  place: EventPlace,
  { accounts, tokens }: EventQuery,
): Promise<PlacedMovement[]> {
  if (tokens.length === 0) return [];
  const found = new Map<string, PlacedMovement>();
  const ours = [...accounts];
  for (let start = 0; start < ours.length; start += ACCOUNTS_AT_ONCE) {
    const topics = ours.slice(start, start + ACCOUNTS_AT_ONCE).map(addressTopic);
    for (const filter of [
      [TRANSFER, null, topics],
      [TRANSFER, topics],
    ]) {
      const question = { ...whereOf(place), address: tokens, topics: filter };
      const logs = await ask(connection, 'eth_getLogs', [question], logsAnswer, LOGS_BYTES_MAX);
      for (const log of logs) {
        const event = readLog(log, place, tokens);
        const { movement, block } = event;
        if (!accounts.has(movement.from) && !accounts.has(movement.to)) throw notAsked();
        const name = `${block.number} ${movement.logIndex}`;
        // A transfer between two of ours comes twice, but as the same.
        if (!isSame(found.get(name) ?? event, event)) throw notAsked();
        found.set(name, event);
      }
    }
  }
  return [...found.values()]
    .filter(({ movement }) => movement.amount > 0n)
    .toSorted(
      (one, two) =>
        sign(one.block.number - two.block.number) ||
        sign((one.movement.logIndex ?? 0n) - (two.movement.logIndex ?? 0n)),
    );
}

/**
 * The events of a span of blocks, for catching up. Each block that had one is asked for once more, so
 * that none of a block put aside in between is taken.
 * @param span at most `RANGE_MAX` blocks. @throws RangeError on a longer one; EthereumRpcError
 */
export async function tokenEventsIn(
  connection: RpcConnection,
  span: { from: bigint; to: bigint },
  query: EventQuery,
): Promise<PlacedMovement[]> {
  if (span.to < span.from || span.to - span.from >= RANGE_MAX)
    throw new RangeError('A span has one to a thousand blocks');
  const events = await tokenEvents(connection, span, query);
  const marks = new Map(events.map(({ block }) => [block.hash, block]));
  for (const mark of marks.values())
    if ((await checkMark(connection, mark)) !== 'kept')
      throw badAnswer('eth_getLogs', 'an event of a block that is not part of the chain');
  return events;
}

const whereOf = (place: EventPlace): object =>
  'hash' in place
    ? { blockHash: place.hash }
    : { fromBlock: toQuantity(place.from), toBlock: toQuantity(place.to) };

function readLog(
  log: z.infer<typeof logsAnswer>[number],
  place: EventPlace,
  tokens: readonly string[],
): PlacedMovement {
  const { address, topics, data, blockNumber, blockHash, transactionHash, logIndex } = log;
  const [event, from, to, ...more] = topics;
  const isHere =
    'hash' in place
      ? blockHash === place.hash
      : blockNumber >= place.from && blockNumber <= place.to;
  if (!isHere || log.removed === true || !tokens.includes(address)) throw notAsked();
  if (event !== TRANSFER || !from || !to || more.length > 0 || data.length !== 66) throw notAsked();
  const movement = {
    hash: transactionHash,
    token: address,
    from: partyOf(from),
    to: partyOf(to),
    amount: BigInt(data),
    fee: 0n,
    logIndex,
  };
  return { movement, block: { number: blockNumber, hash: blockHash } };
}

function isSame(one: PlacedMovement, two: PlacedMovement): boolean {
  const { movement: left } = one;
  const { movement: right } = two;
  return (
    one.block.hash === two.block.hash &&
    left.hash === right.hash &&
    left.token === right.token &&
    left.from === right.from &&
    left.to === right.to &&
    left.amount === right.amount
  );
}

export const addressTopic = (account: string): string =>
  bytesToHex(concatBytes(new Uint8Array(12), addressBytes(account)));

/** @returns null for a topic that is no address. */
export const addressOfTopic = (topic: string): string | null =>
  topic.startsWith(`0x${'0'.repeat(24)}`) ? toChecksum(`0x${topic.slice(26)}`) : null;

function partyOf(topic: string): string {
  const address = addressOfTopic(topic);
  if (address === null) throw notAsked();
  return address;
}

const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);

const notAsked = () => badAnswer('eth_getLogs', 'an event that was not asked for');
