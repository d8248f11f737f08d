/** Costs of an incident by accounting year and kind, as they stand: of a corrected line the newer one. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { CostKind } from '../report/yearly-costs.ts';

export type CostRow = {
  incidentId: string;
  seq: number;
  year: number;
  category: CostKind;
  /** Cents of the reporting currency. */
  gross: bigint;
  recoveries: bigint;
  /** Line in whose place this one stands; null for a new one. */
  corrects: number | null;
  by: string;
  at: string;
};

/** @returns the lines that count, in the order in which they were written. */
export async function loadCosts(
  db: Database | Tx,
  where: { incidentId?: string; year?: number },
): Promise<CostRow[]> {
  const rows = await db.incidentCost.findMany({
    // What was corrected may have been booked in another year, so it is left out by the database.
    where: { ...where, correction: { is: null } },
    orderBy: [{ incidentId: 'asc' }, { seq: 'asc' }],
    take: 20_000,
  });
  return rows.map((row) => ({
    incidentId: row.incidentId,
    seq: row.seq,
    year: row.year,
    category: row.category as CostKind,
    gross: row.grossCents,
    recoveries: row.recoveryCents,
    corrects: row.corrects,
    by: row.recordedBy,
    at: row.recordedAt.toISOString(),
  }));
}
