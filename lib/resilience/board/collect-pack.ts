/** The board's pack of a quarter, drawn from what stands in the database: every figure of one state of it. */
import { loadHistory } from '#lib/incidents/figures/load-history.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { dutyCalendar } from '../calendar.ts';
import { dayOf } from '../days.ts';
import { loadFramework, type FrameworkFigures } from '../records/load-framework.ts';
import { loadOtherDays } from '../records/load-shown-days.ts';
import { loadClocks } from './load-clocks.ts';
import { loadContinuity } from './load-continuity.ts';
import { loadCustody } from './load-custody.ts';
import { loadRisks } from './load-risks.ts';
import { loadTests } from './load-tests.ts';
import { loadThirdParties, namesOf } from './load-third-parties.ts';
import { listMax, packType, type BoardPack } from './pack.ts';
import { quarterDays } from './quarter.ts';

/**
 * Draws the pack.
 * @param quarter such as 2026-Q3.
 * @param framework figures that were reckoned before, for a preview; what is signed is reckoned from the same state
 * as the rest.
 * @throws on what names no quarter.
 */
export async function collectPack(
  quarter: string,
  { db, clock, settings }: Context,
  framework: FrameworkFigures | null = null,
): Promise<BoardPack> {
  const days = quarterDays(quarter);
  if (!days) throw new Error(`${quarter} is no quarter.`);
  const now = clock();
  const today = dayOf(now);
  return inSnapshot(db, async (tx) => {
    const figures = framework ?? (await loadFramework(tx, today));
    return {
      type: packType,
      organisation: settings.organisation,
      environment: settings.mode,
      quarter,
      ...days,
      asOf: now.toISOString(),
      incidents: await loadIncidents(tx, days),
      clocks: await loadClocks(tx, days, now),
      tests: await loadTests(tx, days, today),
      thirdParties: await loadThirdParties(tx, figures, today),
      continuity: await loadContinuity(tx, days, { now, today }),
      risks: await loadRisks(tx, today),
      register: figures.completeness.map(({ template, name, asked, filled, missingRows }) => ({
        template,
        name,
        asked,
        filled,
        missingRows,
      })),
      custody: await loadCustody(tx),
      functions: await loadFunctions(tx, figures),
      duties: await loadDuties(tx, figures, today),
    };
  });
}

async function loadIncidents(
  tx: Tx,
  days: { from: string; until: string },
): Promise<BoardPack['incidents']> {
  const { byCause, noticed, means } = await loadHistory(tx, days);
  const sums = new Map<string, number>();
  for (const { counts } of byCause)
    for (const [cause, count] of Object.entries(counts))
      sums.set(cause, (sums.get(cause) ?? 0) + count);
  const [open] = await tx.$queryRaw<{ openNow: number; openMajorNow: number }[]>`
    select count(*)::int as "openNow", count(*) filter (where class = 'major')::int as "openMajorNow"
      from incident_standing where state in ('new', 'working') and sort = 'incident'`;
  return {
    noticed: noticed.total,
    major: noticed.major,
    byCause: [...sums].map(([cause, count]) => ({ cause, count })),
    means: {
      detect: means.detect,
      classify: means.classify,
      contain: means.contain,
      recover: means.recover,
    },
    openNow: open?.openNow ?? 0,
    openMajorNow: open?.openMajorNow ?? 0,
  };
}

/** Critical functions, and what each lacks. */
async function loadFunctions(tx: Tx, { gaps }: FrameworkFigures): Promise<BoardPack['functions']> {
  const lacking = new Map<string, Set<string>>();
  for (const { function: id, what } of gaps)
    lacking.set(id, (lacking.get(id) ?? new Set()).add(what));
  const shown = [...lacking].slice(0, listMax);
  const names = await namesOf(
    tx,
    shown.map(([id]) => id),
  );
  return {
    critical: await tx.resilienceCurrent.count({
      where: { kind: 'function', retired: false, grade: 'critical' },
    }),
    lacking: lacking.size,
    lackingList: shown.map(([id, lacks]) => ({
      number: names.get(id)?.number ?? id,
      name: names.get(id)?.name ?? '',
      lacks: [...lacks],
    })),
  };
}

async function loadDuties(
  tx: Tx,
  { days }: FrameworkFigures,
  today: string,
): Promise<BoardPack['duties']> {
  const calendar = dutyCalendar({ ...days, ...(await loadOtherDays(tx)) }, today);
  return {
    overdue: calendar.flatMap(({ id, what, article, dueOn, state }) =>
      state === 'overdue' && dueOn !== null ? [{ id, what, article, dueOn }] : [],
    ),
    unknown: calendar
      .filter(({ state }) => state === 'unknown')
      .map(({ id, what, article }) => ({ id, what, article })),
  };
}
