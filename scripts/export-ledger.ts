/** `npm run export:ledger`: the books as text, oldest first, for programs that add them up. */
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { hledgerText } from '#lib/ledger/hledger.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe } from './supervisor/problem.ts';
import { asksForHelp, unknownWord } from './supervisor/usage.ts';

const USAGE = `npm run export:ledger    every journal as text, oldest first, in the format of hledger
Into a file: npm run -s export:ledger > books.journal
Then hledger -f books.journal check adds them up and compares what each account stands at.`;

function decimal(units: bigint, asset: string): string {
  const text = formatAmount(units < 0n ? -units : units, decimalsShown(asset));
  return `${units < 0n ? '-' : ''}${text.replaceAll(',', '')}`;
}

/** Waits where the reader is slower, so that the books never lie in memory. */
async function write(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

async function main(words: readonly string[]): Promise<void> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const [word] = words;
  if (word !== undefined) throw unknownWord(word, USAGE);
  await withContext('npm start', async ({ db }) => {
    for await (const text of hledgerText(db, decimal)) await write(text);
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
