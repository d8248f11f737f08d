/** The yearly estimate of costs and losses of major incidents, which the authority may ask for (DORA Art 11(10)). */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { accountingYear, yearlyEstimate, type YearlyEstimate } from '../report/yearly-costs.ts';
import { loadCosts } from './load-costs.ts';

/** Accounting years begin in January: nothing on record says otherwise of this entity. */
const firstMonth = 1;
const firstYear = 2020;

export type YearView = YearlyEstimate & {
  /** ISO code; the euro until somebody has said what the entity reports in. */
  currency: string;
  /** Id of each incident by its number, for links. */
  ids: Readonly<Record<string, string>>;
  /** Why another year is shown than was asked for. */
  problem: string | null;
  asOf: string;
};

/** @param input year as it stands in the address; without one the year before this one. */
export async function viewYear(
  actor: Actor,
  input: { year: unknown },
  { db, clock }: Context,
): Promise<Result<YearView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const now = clock();
  const thisYear = now.getUTCFullYear();
  const asked =
    typeof input.year === 'string' && /^\d{4}$/.test(input.year) ? Number(input.year) : null;
  const isYear = asked !== null && asked >= firstYear && asked <= thisYear;
  const year = isYear ? asked : thisYear - 1;
  return inSnapshot(db, async (tx) => {
    const costs = await loadCosts(tx, { year });
    const finals = await loadFinals(tx, year);
    const rows = await tx.incident.findMany({
      where: {
        id: { in: [...new Set([...costs.map(({ incidentId }) => incidentId), ...finals])] },
        standing: { class: 'major' },
      },
      select: { id: true, number: true },
    });
    const numbers = new Map(rows.map(({ id, number }) => [id, number]));
    const profile = await loadProfile(tx);
    return ok({
      ...yearlyEstimate(
        rows.map(({ id, number }) => ({
          id: number,
          finalReportYear: finals.has(id) ? year : null,
        })),
        costs.map(({ incidentId, gross, recoveries }) => ({
          incident: numbers.get(incidentId) ?? '',
          year,
          gross,
          recoveries,
        })),
        year,
      ),
      currency: profile?.facts.currency ?? 'EUR',
      ids: Object.fromEntries(rows.map(({ id, number }) => [number, id])),
      problem:
        input.year === undefined || isYear
          ? null
          : `Years from ${firstYear} to ${thisYear} can be looked at.`,
      asOf: now.toISOString(),
    });
  });
}

/** Incidents whose final report was sent in the year. */
async function loadFinals(tx: Tx, year: number): Promise<ReadonlySet<string>> {
  const steps = await tx.incidentReportStep.findMany({
    where: { step: 'sent', report: { stage: 'final' } },
    select: { facts: true, report: { select: { incidentId: true } } },
    take: 20_000,
  });
  return new Set(
    steps.flatMap(({ facts, report }) => {
      const { sentAt } = facts as { sentAt?: string };
      const isThen = sentAt !== undefined && accountingYear(sentAt, firstMonth) === year;
      return isThen ? [report.incidentId] : [];
    }),
  );
}
