import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Destination } from '#lib/platform/db/generated/client.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';

/**
 * proposed: its listing is under way; cooling: listed, and nothing may be sent there yet; usable;
 * expired: not without a new certification; removed: for good.
 */
export type DestinationStanding = 'proposed' | 'cooling' | 'usable' | 'expired' | 'removed';

export type DestinationView = {
  id: string;
  client: string;
  chain: string;
  asset: string;
  address: string;
  label: string;
  class: string;
  state: string;
  standing: DestinationStanding;
  /** On the list, and its certification has ended or soon will. */
  isDue: boolean;
  /** How ownership was shown; null for nothing. */
  evidenceMethod: string | null;
  listedAt: string | null;
  cooledAt: string | null;
  expiresAt: string;
  removedAt: string | null;
  operation: string | null;
  /** The operation that certified it last, when that is not the listing. */
  certifiedBy: string | null;
};

const shownMax = 500;

type Dated = { state: string; cooledAt: Date | null; expiresAt: Date };

/** Where a destination stands at an instant. Pure. */
export function destinationStanding(
  { state, cooledAt, expiresAt }: Dated,
  now: Date,
): DestinationStanding {
  if (state === 'removed' || state === 'proposed') return state;
  if (expiresAt <= now) return 'expired';
  return cooledAt !== null && cooledAt > now ? 'cooling' : 'usable';
}

/** So long before its end a certification should be renewed: time for a letter and three people. */
export const dueMs = 30 * 86_400_000;

/** The addresses of one client or of all that are on the list or proposed for it, by client. */
export async function listDestinations(
  actor: Actor,
  filter: { client?: string; listedOnly?: boolean; withRemoved?: boolean },
  context: Context,
): Promise<Result<DestinationView[]>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const open = filter.listedOnly ? ['listed'] : ['proposed', 'listed'];
  const rows = await context.db.destination.findMany({
    where: {
      ...(filter.client === undefined ? {} : { clientId: filter.client }),
      // A proposal that came to nothing was never on the list.
      OR: [
        { state: { in: open } },
        ...(filter.withRemoved ? [{ state: 'removed', listedAt: { not: null } }] : []),
      ],
    },
    orderBy: [{ clientId: 'asc' }, { id: 'asc' }],
    take: shownMax,
  });
  const now = context.clock();
  return ok(rows.map((row) => destinationView(row, now)));
}

/** As it is shown. Pure. */
export const destinationView = (row: Destination, now: Date): DestinationView => ({
  id: row.id,
  client: row.clientId,
  chain: row.chain,
  asset: row.asset,
  address: row.address,
  label: shownText(row.label),
  class: row.class,
  state: row.state,
  standing: destinationStanding(row, now),
  isDue: row.state === 'listed' && row.expiresAt.getTime() - now.getTime() < dueMs,
  evidenceMethod: row.evidenceMethod,
  listedAt: row.listedAt?.toISOString() ?? null,
  cooledAt: row.cooledAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
  removedAt: row.removedAt?.toISOString() ?? null,
  operation: row.operationId,
  certifiedBy: row.certifiedBy,
});
