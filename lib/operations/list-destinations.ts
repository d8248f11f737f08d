import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';

export type DestinationView = {
  id: string;
  client: string;
  chain: string;
  asset: string;
  address: string;
  label: string;
  state: string;
  listedAt: string | null;
  operation: string | null;
};

const shownMax = 500;

/** The destination book, by client. */
export async function listDestinations(
  actor: Actor,
  filter: { client?: string; listedOnly?: boolean },
  context: Context,
): Promise<Result<DestinationView[]>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const rows = await context.db.destination.findMany({
    where: {
      ...(filter.client === undefined ? {} : { clientId: filter.client }),
      state: filter.listedOnly ? 'listed' : { in: ['proposed', 'listed'] },
    },
    orderBy: [{ clientId: 'asc' }, { id: 'asc' }],
    take: shownMax,
  });
  return ok(
    rows.map((row) => ({
      id: row.id,
      client: row.clientId,
      chain: row.chain,
      asset: row.asset,
      address: row.address,
      label: shownText(row.label),
      state: row.state,
      listedAt: row.listedAt?.toISOString() ?? null,
      operation: row.operationId,
    })),
  );
}
