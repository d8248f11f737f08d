/** Verifies anew every key press on a report to the authority, a pack of the board and the evidence of its duties. */
import type { Database } from '#lib/platform/db/client.ts';
import { WhoCounted } from '#lib/reconciliation/proof/who-counted.ts';
import { findEvidenceFaults, findPackFaults, withSignatures } from './board-faults.ts';
import type { Fault } from './kept.ts';
import { findReportFaults, withSteps, type CountingAt } from './report-faults.ts';

/** Read at a time: a report is up to a megabyte, and many years of them take no more memory than these. */
const PAGE = 20;

export type Looked = { reports: number; packs: number; evidence: number; faults: Fault[] };

/** Reads and writes nothing. */
export async function findUnproved(db: Database): Promise<Looked> {
  const counted = new WhoCounted(db);
  const countingAt: CountingAt = async (at, person) => counted.at(at, [person]);
  const faults: Fault[] = [];
  const page = (after: string | null) => ({
    orderBy: { id: 'asc' } as const,
    take: PAGE,
    ...(after === null ? {} : { where: { id: { gt: after } } }),
  });
  const each = async <Row extends { id: string }>(
    read: (after: string | null) => Promise<Row[]>,
    faultsOf: (row: Row, at: CountingAt) => Promise<Fault[]>,
  ): Promise<number> => {
    let seen = 0;
    for (let after: string | null = null; ;) {
      const rows = await read(after);
      for (const row of rows) faults.push(...(await faultsOf(row, countingAt)));
      seen += rows.length;
      const last = rows.at(-1);
      if (!last) return seen;
      after = last.id;
    }
  };
  const reports = await each(
    (after) => db.incidentReport.findMany({ ...page(after), include: withSteps }),
    findReportFaults,
  );
  const packs = await each(
    (after) => db.boardPack.findMany({ ...page(after), include: withSignatures }),
    findPackFaults,
  );
  const evidence = await each(
    (after) => db.boardEvidence.findMany(page(after)),
    findEvidenceFaults,
  );
  return { reports, packs, evidence, faults };
}
