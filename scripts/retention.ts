/** `npm run retention -- rehearse`: tells what would go on a day, and changes nothing. */
import { systemClock } from '#lib/platform/clock.ts';
import { dayOf } from '#lib/platform/days.ts';
import { rehearse } from '#lib/privacy/retention/runs/rehearse.ts';
import { readCommand, USAGE } from './retention/command.ts';
import { rehearsedLines } from './retention/words.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe } from './supervisor/problem.ts';
import { asksForHelp } from './supervisor/usage.ts';

async function main(words: readonly string[]): Promise<void> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const { day, isJson } = readCommand(words, dayOf(systemClock()));
  await withContext('npm start', async ({ db }) => {
    const rules = await rehearse(db, day);
    console.log(isJson ? JSON.stringify({ day, rules }) : rehearsedLines(day, rules).join('\n'));
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
