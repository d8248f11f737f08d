/** The returns: what has to be returned with its clock, and what has ended, a page at a time. */
import { assets } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { listClientIds } from '../list-client-ids.ts';
import { listRegister } from '../register/list-register.ts';
import { returnView, type ReturnView } from './return-view.ts';

export type ReturnsView = {
  /** Those whose clock ends first stand first. */
  open: ReturnView[];
  hasMoreOpen: boolean;
  ended: ReturnView[];
  next: string | null;
  clients: string[];
  assets: string[];
  canWrite: boolean;
};

/** @param input.before where the page before ended. */
export async function listReturns(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<ReturnsView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const now = context.clock();
  return inSnapshot(context.db, async (tx) => {
    const { open, ended, ...rest } = await listRegister(tx, 'return', input.before);
    return ok({
      ...rest,
      open: open
        .map((one) => returnView(one, now))
        .toSorted((a, b) => Date.parse(a.clock.until) - Date.parse(b.clock.until)),
      ended: ended.map((one) => returnView(one, now)),
      clients: await listClientIds(tx),
      assets: assets.map(({ code }) => code),
      canWrite: actor.scopes.has('client:write'),
    });
  });
}
