/** What is overdue or due next among the records of resilience in use, soonest first. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf, daysAfter } from '../days.ts';
import { isKind, kindsOf, type Kind } from './kinds.ts';
import { loadShownTexts } from './load-record.ts';

/** How far it looks ahead, in days. */
export const aheadDays = 90;
const comingMax = 30;

export type Coming = {
  id: string;
  kind: Kind;
  number: string;
  name: string;
  /** yyyy-mm-dd. */
  dueOn: string;
};

/** @returns at most `comingMax` of them, and how many there are. */
export async function listComing(
  actor: Actor,
  context: Context,
): Promise<Result<{ lines: Coming[]; count: number; today: string }>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const today = dayOf(context.clock());
  const until = new Date(`${daysAfter(today, aheadDays)}T00:00:00.000Z`);
  return inSnapshot(context.db, async (tx) => {
    const where = {
      kind: { in: [...kindsOf.resilience] },
      retired: false,
      dueOn: { lte: until },
    };
    const count = await tx.resilienceCurrent.count({ where });
    const rows = await tx.resilienceCurrent.findMany({
      where,
      orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
      take: comingMax,
      select: { recordId: true, kind: true, number: true, ref: true, dueOn: true, facts: true },
    });
    const texts = await loadShownTexts(
      tx,
      rows.map(({ recordId }) => recordId),
      ['title', 'name'],
    );
    const lines = rows.flatMap(({ recordId, kind, number, ref, dueOn, facts }): Coming[] => {
      const { name } = facts as { name?: string | null };
      const said = texts.get(recordId);
      return isKind(kind) && dueOn
        ? [
            {
              id: recordId,
              kind,
              number,
              name: name ?? said?.['title'] ?? said?.['name'] ?? ref,
              dueOn: dayOf(dueOn),
            },
          ]
        : [];
    });
    return ok({ lines, count, today });
  });
}
