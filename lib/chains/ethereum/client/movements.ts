/**
 * What happened to our accounts in one block, as far as it can be seen without a tracing node:
 * transactions from and to them, and the events of known tokens. Ether that a contract sends on
 * leaves neither, so each account's balance is compared with what was seen (`explainBalance`).
 */
import { getFullBlock, type BlockMark, type FullBlock } from './blocks.ts';
import type { Movement } from './movement.ts';
import type { RpcConnection } from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';
import { tokenEvents, type EventQuery } from './token-events.ts';
import { getReceipt } from './transaction-fate.ts';

export type ScannedBlock = BlockMark & { parentHash: string; movements: Movement[] };

/**
 * @returns null for a block that the node does not have yet.
 * @throws EthereumRpcError; `rpc-bad-answer` too where the node contradicts itself, so that nothing is
 * skipped silently.
 */
export async function scanBlock(
  connection: RpcConnection,
  number: bigint,
  query: EventQuery,
): Promise<ScannedBlock | null> {
  const block = await getFullBlock(connection, number);
  if (!block) return null;
  const ether = await etherMovements(connection, block, query.accounts);
  const tokens = await tokenMovements(connection, block, query);
  const { hash, parentHash } = block;
  return { number, hash, parentHash, movements: [...ether, ...tokens] };
}

async function etherMovements(
  connection: RpcConnection,
  block: FullBlock,
  accounts: ReadonlySet<string>,
): Promise<Movement[]> {
  const found: Movement[] = [];
  for (const { hash, from, to, value } of block.transactions) {
    const isSent = accounts.has(from);
    const isReceived = to !== null && accounts.has(to);
    if (!isSent && !(isReceived && value > 0n)) continue;
    const receipt = await getReceipt(connection, hash);
    if (receipt?.blockHash !== block.hash || receipt.from !== from)
      throw badAnswer('eth_getTransactionReceipt', 'a listed transaction is missing or elsewhere');
    const succeeded = receipt.status === '0x1';
    if (!isSent && !succeeded) continue;
    found.push({
      hash,
      token: null,
      from,
      // A transaction that creates a contract has no recipient; what it moves is no transfer of ours.
      to: to ?? from,
      amount: succeeded && to !== null ? value : 0n,
      fee: isSent ? receipt.gasUsed * receipt.effectiveGasPrice : 0n,
      logIndex: null,
    });
  }
  return found;
}

async function tokenMovements(
  connection: RpcConnection,
  block: FullBlock,
  query: EventQuery,
): Promise<Movement[]> {
  const events = await tokenEvents(connection, { hash: block.hash }, query);
  const inside = new Set(block.transactions.map(({ hash }) => hash));
  if (events.some(({ movement }) => !inside.has(movement.hash)))
    throw badAnswer('eth_getLogs', 'an event of a transaction that is not in the block');
  return events.map(({ movement }) => movement);
}
