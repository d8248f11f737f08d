/** `npm run verify:ledger`: recomputes the books from their lines. */
import { recomputeBalances } from '#lib/ledger/recompute-balances.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe } from './supervisor/problem.ts';
import { asksForHelp, unknownWord } from './supervisor/usage.ts';
import { countBooks, findBookFaults, STATEMENT_MS } from './verify-ledger/verify-books.ts';

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
  return withContext('npm start', async ({ db }) => verify(db), {
    statementTimeoutMs: STATEMENT_MS,
  });
}

async function verify(db: Database): Promise<number> {
  console.log('Adding up every line of the books …');
  const { differing, examples } = await recomputeBalances(db, { onProgress: tellTenths() });
  for (const { account, kept, computed } of examples)
    console.error(
      `Wrong: ${account} is kept at ${sides(kept)}, and its lines add up to ${sides(computed)}.`,
    );
  if (differing > examples.length)
    console.error(
      `Wrong: ${differing - examples.length} accounts more are not what their lines are.`,
    );
  const faults = await findBookFaults(db, (what) => console.log(what));
  for (const fault of faults) console.error(`Wrong: ${fault}.`);
  if (differing > 0 || faults.length > 0) return 1;
  const { journals, accounts } = await countBooks(db);
  console.log(`The books hold: ${journals} journals over ${accounts} accounts.`);
  return 0;
}

const sides = ({ debits, credits }: { debits: string; credits: string }): string =>
  `debits of ${debits} and credits of ${credits}`;

/** Says each further tenth once; books that are small say nothing but the end. */
function tellTenths(): (share: number) => void {
  let told = 0;
  return (share) => {
    const tenths = Math.floor(share * 10);
    if (tenths <= told || tenths === 10) return;
    told = tenths;
    console.log(`  ${tenths * 10} %`);
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
