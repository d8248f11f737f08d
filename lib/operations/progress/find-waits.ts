/** Why operations wait, in words, for pages and lists. */
import type { ChainFamily } from '#lib/chains/chain-facts.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import type { StandingRow } from '../standing-of.ts';
import { keyWorkOn } from './key-work.ts';
import type { KeyWorkView } from './key-work-view.ts';
import { viewKeyWork } from './key-work-words.ts';
import { waitWords, type WaitWords } from './wait-words.ts';
import { namedBy, waitOn, type OperationWait } from './wait.ts';

export type WaitView = WaitWords & {
  /** ISO instant from which it has waited for this. */
  since: string;
  /** Operations in the way. */
  inWay: { id: string; number: string }[];
};

type Row = Pick<StandingRow, 'id' | 'state' | 'attempt' | 'kind' | 'intent' | 'progress'>;

/** As in "the Bitcoin node"; an installation has one chain of each family. */
const familyNames: Readonly<Record<ChainFamily, string>> = {
  solana: 'Solana',
  bitcoin: 'Bitcoin',
  ethereum: 'Ethereum',
};

/** What nothing in the reason says. */
function factsOf({ intent: text }: Row): { chainName: string; highestFee: string | null } {
  const intent = intentSchema.parse(JSON.parse(text));
  if (!movesCoins(intent)) return { chainName: 'chain', highestFee: null };
  const { family, feeAsset } = chainFacts(intent.chain);
  const fee = formatAmount(BigInt(intent.highestFee), assetFacts(feeAsset).decimals);
  return { chainName: familyNames[family], highestFee: `${fee} ${feeAsset}` };
}

/** @returns for each operation that waits for something that was reported, by its id. */
export async function findWaits(
  rows: readonly Row[],
  db: Database,
): Promise<Map<string, WaitView>> {
  const waiting = rows.flatMap((row) => {
    const wait = waitOn(row.progress?.wait, row);
    // What stopped the parties before is over as soon as they are at it again.
    const isRunning = keyWorkOf(row)?.state === 'runs';
    return wait && !isRunning ? [{ row, wait }] : [];
  });
  const ids = [...new Set(waiting.flatMap(({ wait }) => namedBy(wait.reason)))];
  const named =
    ids.length === 0
      ? []
      : await db.operation.findMany({
          where: { id: { in: ids } },
          select: { id: true, number: true },
        });
  const viewOf = (row: Row, { reason, since }: OperationWait): WaitView => {
    const inWay = namedBy(reason).flatMap((id) => named.filter((one) => one.id === id));
    const numbers = inWay.map(({ number }) => number);
    return { ...waitWords(reason, { ...factsOf(row), numbers }), since, inWay };
  };
  return new Map(waiting.map(({ row, wait }) => [row.id, viewOf(row, wait)]));
}

/** How far the parties are with the key; null where nothing was reported of this attempt. */
export function keyWorkOf({
  attempt,
  progress,
}: Pick<Row, 'attempt' | 'progress'>): KeyWorkView | null {
  const work = keyWorkOn(progress?.keyWork, attempt);
  return work && viewKeyWork(work);
}
