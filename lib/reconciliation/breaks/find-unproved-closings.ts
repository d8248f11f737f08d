/** Verifies every closing of a break by two people anew, whatever was found before. */
import type { Database } from '#lib/platform/db/client.ts';
import { WhoCounted } from '../proof/who-counted.ts';
import { verifyClosing, withBreak } from './closings.ts';
import { closingFaults } from './find-closing-fault.ts';

/** Read at a time, so that many years of breaks take no more memory than these. */
const PAGE = 200;

/** @returns one sentence for each that two people are not proved to have signed; none when all hold. */
export async function findUnprovedClosings(db: Database): Promise<string[]> {
  const counted = new WhoCounted(db);
  const faults: string[] = [];
  for (let after = 0n; ;) {
    const rows = await db.breakEvent.findMany({
      where: { what: 'accepted', id: { gt: after } },
      orderBy: { id: 'asc' },
      take: PAGE,
      include: withBreak,
    });
    for (const row of rows) {
      const fault = await verifyClosing(row, { db, counted });
      if (fault) faults.push(`the closing of break ${row.record.number}: ${closingFaults[fault]}`);
    }
    const last = rows.at(-1);
    if (!last) return faults;
    after = last.id;
  }
}
