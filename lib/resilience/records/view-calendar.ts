/** The calendar of recurring duties, with the last day of each that records show. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dutyCalendar, type DutyDay } from '../calendar.ts';
import { dayOf } from '../days.ts';
import { loadOtherDays } from './load-shown-days.ts';
import { frameworkFigures } from './view-framework.ts';

/** All duties, soonest first. */
export async function viewCalendar(
  actor: Actor,
  context: Context,
): Promise<Result<{ duties: DutyDay[]; today: string }>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const today = dayOf(context.clock());
  const { days } = await frameworkFigures(context);
  const shown = { ...days, ...(await loadOtherDays(context.db)) };
  return ok({ duties: dutyCalendar(shown, today), today });
}
