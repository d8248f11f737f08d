/**
 * What became of a transfer that is tied to an account's nonce. "Not found" alone proves nothing
 * (nodes forget, lag and differ), so a transfer counts as impossible only when the transaction that
 * used its nonce is known by hash, and final.
 */
import type { z } from 'zod';
import { nonceAt } from './accounts.ts';
import { receiptAnswer } from './answers.ts';
import { getBlock, getFullBlock, type BlockMark } from './blocks.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';

export type Receipt = NonNullable<z.infer<typeof receiptAnswer>>;

export type Fate =
  | {
      /** It ran. If it did not succeed, nothing moved but the fee, and it can't run again. */
      fate: 'executed';
      hash: string;
      block: BlockMark;
      succeeded: boolean;
      /** Wei. */
      feePaid: bigint;
      /** Two thirds of the validators have bound themselves: it is never undone. */
      isFinal: boolean;
    }
  /** Its nonce has not been used: it can run whenever someone sends it. */
  | { fate: 'possible' }
  /** Another transaction used its nonce, finally: it can never run. */
  | { fate: 'superseded'; by: string }
  /** What the node says doesn't fit together (yet). Ask again; never act on it. */
  | { fate: 'unclear' };

export type FateQuery = {
  account: string;
  nonce: bigint;
  /** All transactions of the operation: a replacement has the nonce of the one before. 1 to 50. */
  hashes: readonly string[];
  /** A block, by number, at which the nonce was not used yet, such as the newest one before signing. */
  unusedAt: bigint;
};

/** @throws EthereumRpcError */
export async function findFate(connection: RpcConnection, query: FateQuery): Promise<Fate> {
  const { account, nonce, hashes } = query;
  if (hashes.length < 1 || hashes.length > 50) throw new RangeError('A fate has 1 to 50 hashes');
  // The nonce is read before the receipts: a run between the two reads is then seen by the second.
  const isUsed = (await nonceAt(connection, account, 'latest')) > nonce;
  const final = await getBlock(connection, 'finalized');
  if (!final) throw badAnswer('eth_getBlockByNumber', 'no block is final');
  for (const hash of hashes) {
    const receipt = await getReceipt(connection, hash);
    if (receipt) return isUsed ? executed(connection, receipt, account, final.number) : unclear;
  }
  if (!isUsed) return { fate: 'possible' };
  const by = await findUser(connection, query, final.number);
  return by === null || hashes.includes(by) ? unclear : { fate: 'superseded', by };
}

const unclear: Fate = { fate: 'unclear' };

/** @returns null for a transaction that is in no block that the node knows. */
export async function getReceipt(connection: RpcConnection, hash: string): Promise<Receipt | null> {
  const receipt = await ask(connection, 'eth_getTransactionReceipt', [hash], receiptAnswer);
  if (receipt && receipt.transactionHash !== hash)
    throw badAnswer('eth_getTransactionReceipt', 'the receipt of another transaction');
  return receipt;
}

async function executed(
  connection: RpcConnection,
  receipt: Receipt,
  account: string,
  finalNumber: bigint,
): Promise<Fate> {
  const { blockNumber, blockHash, status, gasUsed, effectiveGasPrice } = receipt;
  const block = await getBlock(connection, blockNumber);
  // The receipt may be of a block that a reorganisation has put aside.
  if (block?.hash !== blockHash || receipt.from !== account) return unclear;
  return {
    fate: 'executed',
    hash: receipt.transactionHash,
    block: { number: blockNumber, hash: blockHash },
    succeeded: status === '0x1',
    feePaid: gasUsed * effectiveGasPrice,
    isFinal: blockNumber <= finalNumber,
  };
}

/** The final transaction by which the account used the nonce; null where none is final or found. */
async function findUser(
  connection: RpcConnection,
  { account, nonce, unusedAt }: FateQuery,
  finalNumber: bigint,
): Promise<string | null> {
  const isUsedAt = async (number: bigint): Promise<boolean> =>
    (await nonceAt(connection, account, number)) > nonce;
  let high = finalNumber;
  if (unusedAt >= high || !(await isUsedAt(high))) return null;
  // Back from the newest final block in growing steps, because most nodes know the counts of the last
  // hundred blocks only, and a nonce is looked into soon after it was used.
  let step = 1n;
  let low = larger(high - step, unusedAt);
  while (low > unusedAt && (await isUsedAt(low))) {
    high = low;
    step *= 2n;
    low = larger(high - step, unusedAt);
  }
  if (low === unusedAt && (await isUsedAt(low))) return null;
  // The count never falls, so the first block at which it is above the nonce is found by halves.
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await isUsedAt(middle)) high = middle;
    else low = middle;
  }
  const block = await getFullBlock(connection, high);
  const user = block?.transactions.find((one) => one.from === account && one.nonce === nonce);
  return user?.hash ?? null;
}

const larger = (one: bigint, two: bigint): bigint => (one > two ? one : two);
