/** Where a run stopped on Bitcoin: the block that was read last, with its hash. Marks of older runs name no hash. */
import type { BitcoinSource, BlockRef } from '#lib/chains/bitcoin/client/source.ts';

export const markOf = ({ height, hash }: BlockRef): string => `${height}:${hash}`;

/** The height behind a mark; from the chain's first block on where there is none. */
export const heightAfter = (mark: string | null): number =>
  mark === null ? 0 : Number(mark.split(':')[0]) + 1;

/**
 * Whether the chain still has the block of a mark, and so everything below it. Where a node has not come to it yet,
 * nothing says otherwise.
 * @throws BitcoinNodeError, EndpointsDiffer
 */
export async function isMarkThere(
  mark: string,
  { blockHash }: Pick<BitcoinSource, 'blockHash'>,
): Promise<boolean> {
  const [height, hash] = mark.split(':');
  if (hash === undefined) return true;
  const there = await blockHash(Number(height));
  return there === null || there === hash;
}
