/** Asks a source for all that judging deposits needs, at one tip. */
import { compare, wholeHistory, type Compared } from './compared.ts';
import type { DepositState, Sight } from './deposits.ts';
import type { BitcoinSource, HistoryEntry } from './source.ts';

/**
 * @param addresses of one account: where it is paid, and where its change goes.
 * @returns null when the chain moved in the middle of the questions: ask again.
 * @throws BitcoinNodeError
 */
export async function lookForDeposits(
  source: BitcoinSource,
  addresses: string | readonly string[],
  { checkpoint, deposits }: DepositState,
): Promise<Sight | null> {
  const tip = await source.tip();
  const checkpointHash = await source.blockHash(checkpoint.height);
  const entries: HistoryEntry[] = [];
  for (const address of [addresses].flat())
    entries.push(
      ...(await wholeHistory(source, address, checkpoint.height + 1)).filter(
        ({ block }) => block === null || block.height > checkpoint.height,
      ),
    );
  const hashAt = new Map<number, string | null>();
  const places = [...deposits, ...entries].flatMap(({ block }) => block?.height ?? []);
  for (const height of new Set(places)) hashAt.set(height, await source.blockHash(height));
  const after = await source.tip();
  if (after.hash !== tip.hash) return null;
  return {
    tip,
    checkpointHash,
    hashAt,
    entries,
  };
}

/**
 * The same from two sources. They disagree as well while one of them is a block behind: look again.
 * @throws BitcoinNodeError as `compare`.
 */
export function compareSights(
  first: BitcoinSource,
  second: BitcoinSource,
  address: string,
  state: DepositState,
): Promise<Compared<Sight | null>> {
  return compare(
    first,
    second,
    (source) => lookForDeposits(source, address, state),
    (one, two) => one !== null && two !== null && sightText(one) === sightText(two),
  );
}

/** What waits for a block is left out: no two nodes agree on it, and nobody credits it. */
const sightText = ({ tip, checkpointHash, hashAt, entries }: Sight): string =>
  [
    tip.hash,
    checkpointHash ?? '',
    ...[...hashAt].map(([height, hash]) => `${height}=${hash}`),
    ...entries.flatMap(({ txid, block, received }) =>
      block ? received.map(({ vout, amount }) => `${txid}:${vout}=${amount}@${block.hash}`) : [],
    ),
  ]
    .toSorted()
    .join(' ');
