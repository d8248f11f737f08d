import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import {
  filterFault,
  filterWhere,
  readDestinationFilter,
  type AskedTexts,
  type DestinationFilter,
} from './destination-filter.ts';
import { destinationView, type DestinationView } from './list-destinations.ts';

export type DestinationBook = {
  filter: DestinationFilter;
  /** What was asked for and makes no sense, in a sentence. */
  fault: string | null;
  rows: DestinationView[];
  /** All that the filter finds, on this page or another. */
  count: number;
  /** Where the next page begins, null at the end. */
  next: string | null;
  /** What addresses of the book are for, to choose from. */
  assets: { asset: string; chain: string }[];
};

const pageSize = 50;
const assetsMax = 50;

/**
 * The destination book by client, a page at a time.
 *
 * @param asked what the page's address says is wanted, one text for each parameter
 */
export async function listDestinationBook(
  actor: Actor,
  asked: AskedTexts,
  context: Context,
): Promise<Result<DestinationBook>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const { db } = context;
  const now = context.clock();
  const filter = readDestinationFilter(asked);
  const where = filterWhere(filter, now);
  const { after } = filter;
  const [count, rows, assets] = await Promise.all([
    db.destination.count({ where }),
    db.destination.findMany({
      where:
        after === null
          ? where
          : {
              AND: [
                where,
                {
                  OR: [
                    { clientId: { gt: after.client } },
                    { clientId: after.client, id: { gt: after.id } },
                  ],
                },
              ],
            },
      orderBy: [{ clientId: 'asc' }, { id: 'asc' }],
      take: pageSize + 1,
    }),
    // Grouped by the database: `distinct` would read the whole book into memory.
    db.destination.groupBy({
      by: ['asset', 'chain'],
      orderBy: [{ asset: 'asc' }, { chain: 'asc' }],
      take: assetsMax,
    }),
  ]);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    filter,
    fault: filterFault(asked, filter),
    rows: shown.map((row) => destinationView(row, now)),
    count,
    next: rows.length > pageSize && last ? `${last.clientId}.${last.id}` : null,
    assets: assets.map(({ asset, chain }) => ({ asset, chain })),
  });
}
