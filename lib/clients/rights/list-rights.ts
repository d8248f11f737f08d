/** The rights events: what waits for something with its clock, and what has ended, a page at a time. */
import { assets } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { listRegister } from '../register/list-register.ts';
import { rightsView, type RightsView } from './rights-view.ts';

export type RightsListView = {
  open: RightsView[];
  hasMoreOpen: boolean;
  ended: RightsView[];
  next: string | null;
  assets: string[];
  canWrite: boolean;
};

/** @param input.before where the page before ended. */
export async function listRights(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<RightsListView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const now = context.clock();
  const { open, ended, takenBack, ...rest } = await inSnapshot(context.db, (tx) =>
    listRegister(tx, 'rights-event', input.before),
  );
  return ok({
    ...rest,
    open: open.map((one) => rightsView(one, now, takenBack.has(one.id))),
    ended: ended.map((one) => rightsView(one, now, false)),
    assets: assets.map(({ code }) => code),
    canWrite: actor.scopes.has('client:write'),
  });
}
