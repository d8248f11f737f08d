/** The board's pack of a quarter, drawn from what stands in the database: every figure of one state of it. */
import { loadHistory } from '#lib/incidents/figures/load-history.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { dutyCalendar } from '../calendar.ts';
import { dayOf } from '../days.ts';
import { loadFramework } from '../records/load-framework.ts';
import type { FrameworkFigures } from '../records/reckon-framework.ts';
import { loadOtherDays } from '../records/load-shown-days.ts';
import { frameworkFigures } from '../records/view-framework.ts';
import { loadClocks } from './load-clocks.ts';
import { loadDrills, loadPlans, type PlanParts } from './load-continuity.ts';
import { loadCustody } from './load-custody.ts';
import { loadRisks } from './load-risks.ts';
import { loadTests } from './load-tests.ts';
import { loadThirdParties, namesOf } from './load-third-parties.ts';
import { listMax, packType, type BoardPack } from './pack.ts';
import { quarterDays, type QuarterDays } from './quarter.ts';

/**
 * Draws the pack.
 * @param quarter such as 2026-Q3.
 * @throws on what names no quarter.
 */
export async function collectPack(quarter: string, context: Context): Promise<BoardPack> {
  const asked = askedOf(quarter, context);
  return inSnapshot(context.db, async (tx) => {
    const figures = await loadFramework(tx, asked.today);
    return packOf(tx, asked, await loadRecordParts(tx, figures, asked), figures);
  });
}

/** Of figures that stand until a record changes, what previews were drawn from them, by quarter. */
const drawn = new WeakMap<FrameworkFigures, Map<string, RecordParts>>();

/**
 * The same for a preview: what is drawn from all records of resilience is drawn again only once one of them changes or
 * a day ends. What is made and signed is always drawn anew.
 */
export async function previewPack(quarter: string, context: Context): Promise<BoardPack> {
  const asked = askedOf(quarter, context);
  const figures = await frameworkFigures(context);
  const kept = drawn.get(figures) ?? new Map<string, RecordParts>();
  drawn.set(figures, kept);
  return inSnapshot(context.db, async (tx) => {
    const parts = kept.get(quarter) ?? (await loadRecordParts(tx, figures, asked));
    kept.set(quarter, parts);
    return packOf(tx, asked, parts, figures);
  });
}

type Asked = Pick<BoardPack, 'organisation' | 'environment' | 'quarter'> & {
  days: QuarterDays;
  now: Date;
  today: string;
};

function askedOf(quarter: string, { clock, settings }: Context): Asked {
  const days = quarterDays(quarter);
  if (!days) throw new Error(`${quarter} is no quarter.`);
  const now = clock();
  return {
    organisation: settings.organisation,
    environment: settings.mode,
    quarter,
    days,
    now,
    today: dayOf(now),
  };
}

type RecordParts = Pick<
  BoardPack,
  'tests' | 'thirdParties' | 'risks' | 'register' | 'functions'
> & { plans: PlanParts };

/** What hangs on nothing but the records of resilience and the day. */
async function loadRecordParts(
  tx: Tx,
  figures: FrameworkFigures,
  { days, today }: Asked,
): Promise<RecordParts> {
  return {
    tests: await loadTests(tx, days, today),
    thirdParties: await loadThirdParties(tx, figures, today),
    risks: await loadRisks(tx, today),
    register: figures.completeness.map(({ template, name, asked, filled, missingRows }) => ({
      template,
      name,
      asked,
      filled,
      missingRows,
    })),
    functions: await loadFunctions(tx, figures),
    plans: await loadPlans(tx, days, today),
  };
}

async function packOf(
  tx: Tx,
  { days, now, today, ...about }: Asked,
  { plans, ...parts }: RecordParts,
  figures: FrameworkFigures,
): Promise<BoardPack> {
  return {
    type: packType,
    ...about,
    ...days,
    asOf: now.toISOString(),
    ...parts,
    incidents: await loadIncidents(tx, days),
    clocks: await loadClocks(tx, days, now),
    continuity: { ...plans, ...(await loadDrills(tx, days, { now, today })) },
    custody: await loadCustody(tx),
    duties: await loadDuties(tx, figures, today),
  };
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
