/**
 * The rule by which nodes take a transaction in the place of one that waits: a tenth more in both
 * fees (geth's `txpool.pricebump`). Anvil takes any higher price, which no other node does.
 */
import { recoverTransactionAddress } from 'viem';
import { isHex, keccak256, parseTransaction } from 'viem/utils';
import { z } from 'zod';
import type { Ask } from './anvil-rpc.ts';

const BUMP_PERCENT = 110n;

const quantity = z
  .string()
  .regex(/^0x[0-9a-f]+$/)
  .transform(BigInt);
const waiting = z.object({
  hash: z.string(),
  maxFeePerGas: quantity.optional(),
  maxPriorityFeePerGas: quantity.optional(),
});
const bySender = z.record(z.string(), z.record(z.string(), waiting));
const pool = z.object({ pending: bySender, queued: bySender });

/** Whether the node would call a transaction an underpriced replacement. Pure. */
export const isUnderpriced = (
  waits: { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint },
  offered: { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint },
): boolean =>
  offered.maxFeePerGas * 100n < waits.maxFeePerGas * BUMP_PERCENT ||
  offered.maxPriorityFeePerGas * 100n < waits.maxPriorityFeePerGas * BUMP_PERCENT;

/** @param raw signed bytes in hex; what the node can't read either is left to the node. */
export async function isUnderpricedReplacement(ask: Ask, raw: string): Promise<boolean> {
  const offered = await readOffer(raw);
  if (!offered) return false;
  const { pending, queued } = pool.parse(await ask('txpool_content'));
  const found = [pending, queued]
    .flatMap((group) => Object.entries(group))
    .filter(([sender]) => sender.toLowerCase() === offered.sender)
    .map(([, transactions]) => transactions[offered.nonce])
    .find((one) => one !== undefined);
  if (!found || found.hash === offered.hash) return false;
  const { maxFeePerGas = 0n, maxPriorityFeePerGas = 0n } = found;
  return isUnderpriced({ maxFeePerGas, maxPriorityFeePerGas }, offered);
}

async function readOffer(raw: string) {
  if (!isHex(raw) || !raw.startsWith('0x02')) return null;
  try {
    const serialized = raw as `0x02${string}`;
    const {
      nonce = 0,
      maxFeePerGas = 0n,
      maxPriorityFeePerGas = 0n,
    } = parseTransaction(serialized);
    const sender = await recoverTransactionAddress({ serializedTransaction: serialized });
    return {
      sender: sender.toLowerCase(),
      nonce: String(nonce),
      hash: keccak256(serialized),
      maxFeePerGas,
      maxPriorityFeePerGas,
    };
  } catch {
    return null;
  }
}
