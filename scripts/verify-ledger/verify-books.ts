/** What `npm run verify:ledger` finds, for it and for whoever has to know that the books hold. */
import { findJournalFaults } from '#lib/ledger/find-faults.ts';
import { recomputeBalances } from '#lib/ledger/recompute-balances.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { findUnprovedClosings } from '#lib/reconciliation/breaks/find-unproved-closings.ts';
import { findUnprovedCorrections } from '#lib/reconciliation/corrections/find-unproved.ts';

/** Books of many years take minutes; nobody waits for a page meanwhile. */
export const STATEMENT_MS = 30 * 60_000;

/** Rules of the books beyond their sums that do not hold. @param tell says what is looked at next. */
export async function findBookFaults(
  db: Database,
  tell: (what: string) => void = () => undefined,
): Promise<string[]> {
  tell('Checking journals, holds and corrections …');
  const faults = await findJournalFaults(db);
  tell('Verifying the signatures of corrections …');
  faults.push(...(await findUnprovedCorrections(db)));
  tell('Verifying the signatures by which breaks were closed …');
  faults.push(...(await findUnprovedClosings(db)));
  return faults;
}

export const countBooks = async (
  db: Database,
): Promise<{ journals: number; accounts: number }> => ({
  journals: await db.journal.count(),
  accounts: await db.account.count(),
});

/** Adds the books up anew over connections of its own. @throws where they do not hold, with the first fault. */
export async function verifyBooksAt(
  databaseUrl: string,
): Promise<{ journals: number; accounts: number }> {
  const db = databaseFor(databaseUrl, {
    poolSize: 2,
    readOnly: true,
    statementTimeoutMs: STATEMENT_MS,
    applicationName: 'countersign erasures',
  });
  try {
    const { differing } = await recomputeBalances(db);
    const faults = await findBookFaults(db);
    const first = differing > 0 ? `${differing} accounts are not what their lines are` : faults[0];
    if (first !== undefined) throw new Error(`The books do not hold: ${first}.`);
    return await countBooks(db);
  } finally {
    await db.$disconnect();
  }
}
