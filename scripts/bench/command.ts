/** What was typed after `npm run bench --`. Pure. */
import { misuse, unknownWord } from '../supervisor/usage.ts';

/** What the command takes, with the names of all parts. */
export const benchUsage = (parts: readonly string[]): string =>
  `npm run bench                 everything, as a table
npm run bench -- --json       one JSON object on stdout
npm run bench -- NAME …       some of: ${parts.join(', ')}`;

export type BenchCommand = { isJson: boolean; only: readonly string[] };

/**
 * Reads `--json` and names of parts, bare or as `--only a,b`.
 * @param parts names of all parts, which `only` is where none is named
 * @throws Problem with a sentence about the word that is wrong, and the usage
 */
export function readBenchCommand(words: readonly string[], parts: readonly string[]): BenchCommand {
  const usage = benchUsage(parts);
  const rest = [...words];
  let isJson = false;
  const named: string[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--json') isJson = true;
    else if (word === '--only') named.push(...(rest.shift() ?? '').split(','));
    else if (parts.includes(word)) named.push(word);
    else throw unknownWord(word, usage);
  }
  const only = named.length > 0 ? named : parts;
  const unknown = only.find((name) => !parts.includes(name));
  if (unknown === '') throw misuse('After --only come names of parts.', usage);
  if (unknown !== undefined) throw misuse(`“${unknown.slice(0, 60)}” is no part.`, usage);
  return { isJson, only };
}
