/** `npm run roi`: checks a package of the register of information, and writes one. */
import { check } from './roi/check.ts';
import { readCommand, USAGE } from './roi/command.ts';
import { describe } from './supervisor/problem.ts';
import { asksForHelp } from './supervisor/usage.ts';

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const command = readCommand(words);
  if (command.kind === 'check') return check(command.path);
  // A check needs no database, nor what talks to one.
  const { exportRegister } = await import('./roi/export.ts');
  return exportRegister(command);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
