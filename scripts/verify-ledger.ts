/** `npm run verify:ledger`: recomputes the books from their lines. */
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe } from './supervisor/problem.ts';
import { asksForHelp, unknownWord } from './supervisor/usage.ts';

const USAGE = `npm run verify:ledger    checks every rule of the books on the live database
It ends with 0 when all hold, with 1 and the rules that do not, and with 2 when it could not look.`;

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const [word] = words;
  if (word !== undefined) throw unknownWord(word, USAGE);
  return withContext('npm start', async ({ db }) => {
    console.log('Adding up every line of the books …');
    const faults = await findLedgerFaults(db);
    if (faults.length > 0) {
      for (const fault of faults) console.error(`Wrong: ${fault}.`);
      return 1;
    }
    const [journals, accounts] = [await db.journal.count(), await db.account.count()];
    console.log(`The books hold: ${journals} journals over ${accounts} accounts.`);
    return 0;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
