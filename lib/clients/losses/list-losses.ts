/** The losses: what is to be decided or paid with its clock, and what was closed, a page at a time. */
import { assets } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { listClientIds } from '../list-client-ids.ts';
import { listRegister } from '../register/list-register.ts';
import { lossView, type LossView } from './loss-view.ts';

export type LossesView = {
  open: LossView[];
  hasMoreOpen: boolean;
  ended: LossView[];
  next: string | null;
  clients: string[];
  assets: string[];
  canWrite: boolean;
};

/** @param input.before where the page before ended. */
export async function listLosses(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<LossesView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const now = context.clock();
  return inSnapshot(context.db, async (tx) => {
    const { open, ended, takenBack, ...rest } = await listRegister(tx, 'loss', input.before);
    return ok({
      ...rest,
      open: open.map((one) => lossView(one, now, takenBack.has(one.id))),
      ended: ended.map((one) => lossView(one, now, false)),
      clients: await listClientIds(tx),
      assets: assets.map(({ code }) => code),
      canWrite: actor.scopes.has('client:write'),
    });
  });
}
