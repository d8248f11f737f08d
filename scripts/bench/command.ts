/** What was typed after `npm run bench --`. Pure. */
import { Problem } from '../supervisor/problem.ts';

export type BenchCommand = { isJson: boolean; only: readonly string[] };

/**
 * Reads `--json` and `--only a,b`.
 * @param parts names of all parts, which `only` is without the option
 * @throws Problem with the usage
 */
export function readBenchCommand(words: readonly string[], parts: readonly string[]): BenchCommand {
  const usage = new Problem(
    `npm run bench                 everything, as a table
npm run bench -- --json       one JSON object on stdout
npm run bench -- --only NAME  some of: ${parts.join(', ')} (joined by commas)`,
  );
  const rest = [...words];
  let isJson = false;
  let only = parts;
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--json') isJson = true;
    else if (word === '--only') only = (rest.shift() ?? '').split(',');
    else throw usage;
  }
  if (!only.every((name) => parts.includes(name))) throw usage;
  return { isJson, only };
}
