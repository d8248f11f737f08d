import { auditOf } from '#lib/audit/queries.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { stopReason } from './stop-reason-form.ts';
import type { StopReason } from './stop-reasons.ts';

/** Something that was ended for a person, as the audit trail has it. */
export type StopView = {
  id: string;
  what: 'suspended' | 'key-stopped' | 'sessions-ended';
  /** ISO instant. */
  at: string;
  /** Name of who did it; null when a roster version did. */
  by: string | null;
  reason: StopReason | null;
  rosterVersion: number | null;
  /** The key that was stopped. */
  credential: string | null;
};

const whatOf: ReadonlyMap<string, StopView['what']> = new Map([
  ['operator-suspended', 'suspended'],
  ['key-stopped', 'key-stopped'],
  ['sessions-ended', 'sessions-ended'],
]);

const shownMax = 20;

/** What was ended for a person, newest first. */
export async function listStops(personId: string, context: Context): Promise<StopView[]> {
  const { entries } = await auditOf(context.db, {
    subject: personId,
    kinds: [...whatOf.keys()],
    limit: shownMax,
  });
  const nameOf = await operatorNames(context.db);
  return entries.flatMap(({ id, kind, at, actor, facts }) => {
    const what = whatOf.get(kind);
    if (!what) return [];
    const { reason, rosterVersion, credential } = facts;
    return [
      {
        id,
        what,
        at,
        by: actor === 'system' ? null : nameOf(actor),
        reason: stopReason.safeParse(reason).data ?? null,
        rosterVersion: typeof rosterVersion === 'number' ? rosterVersion : null,
        credential: typeof credential === 'string' ? credential : null,
      },
    ];
  });
}
