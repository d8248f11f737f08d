/** Verifies every approved correction anew, whatever was found before. */
import type { Database } from '#lib/platform/db/client.ts';
import { WhoCounted } from '../proof/who-counted.ts';
import { verifyCorrection, withProof } from './approved-corrections.ts';
import { approvalFaults } from './find-approval-fault.ts';

/** Read at a time, so that many years of corrections take no more memory than these. */
const PAGE = 200;

/** @returns one sentence for each that two people are not proved to have signed; none when all hold. */
export async function findUnprovedCorrections(db: Database): Promise<string[]> {
  const counted = new WhoCounted(db);
  const faults: string[] = [];
  for (let after = 0n; ;) {
    const rows = await db.ledgerCorrection.findMany({
      where: { state: 'approved', journal: { gt: after } },
      orderBy: { journal: 'asc' },
      take: PAGE,
      include: withProof,
    });
    for (const row of rows) {
      const fault = await verifyCorrection(row, counted);
      if (fault)
        faults.push(
          `correction ${row.number}, journal ${row.journal?.toString() ?? ''}: ${approvalFaults[fault]}`,
        );
    }
    const last = rows.at(-1)?.journal ?? null;
    if (last === null) return faults;
    after = last;
  }
}
