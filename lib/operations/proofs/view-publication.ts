import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { ReservesPublication } from '#lib/protocol/reserves.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { loadPublication } from './load-publication.ts';

/** The file for everybody: the snapshot and the signatures that are there so far. */
export async function viewPublication(
  actor: Actor,
  id: string,
  { db }: Context,
): Promise<Result<ReservesPublication>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const loaded = operationId.safeParse(id).success ? await loadPublication(db, id) : null;
  return loaded
    ? ok(loaded.publication)
    : refuse('snapshot-unknown', 'There is no such snapshot. Choose one of the list.');
}
