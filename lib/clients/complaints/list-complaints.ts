/** The complaints register: what is open with its clocks, and what was decided, a page at a time. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { listClientIds } from '../list-client-ids.ts';
import { loadCases } from '../register/load-cases.ts';
import { pageOf, readCursor } from '../register/page-of.ts';
import { complaintView, type ComplaintView } from './complaint-view.ts';
import { complaintTemplate } from './template.ts';

export type ComplaintsView = {
  /** All that wait for something, oldest first; on the first page only. */
  open: ComplaintView[];
  /** True when there are more open ones than are shown. */
  hasMoreOpen: boolean;
  decided: ComplaintView[];
  next: string | null;
  clients: string[];
  template: string;
  canWrite: boolean;
  serverNow: string;
};

const openMax = 200;
const perPage = 50;

/** @param input.before where the page before ended; anything else starts at the newest. */
export async function listComplaints(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<ComplaintsView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const now = context.clock();
  const before = readCursor(input.before);
  const register = 'complaint';
  return inSnapshot(context.db, async (tx) => {
    const open = before ? [] : await loadCases(tx, { register, only: 'open', limit: openMax + 1 });
    const ended = await loadCases(tx, {
      register,
      only: 'ended',
      limit: perPage + 1,
      ...(before ? { before } : {}),
    });
    const { page, next } = pageOf(ended, perPage);
    return ok({
      open: open
        .slice(0, openMax)
        .map((one) => complaintView(one, now))
        .toSorted((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt)),
      hasMoreOpen: open.length > openMax,
      decided: page.map((one) => complaintView(one, now)),
      next,
      clients: await listClientIds(tx),
      template: complaintTemplate(context.settings.organisation),
      canWrite: actor.scopes.has('client:write'),
      serverNow: now.toISOString(),
    });
  });
}
