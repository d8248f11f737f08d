/** `npm run verify:correction`: checks the evidence of corrections with nothing but their files. */
import { describe } from './supervisor/problem.ts';
import { FILES_MAX, readNamed } from './supervisor/read-named.ts';
import { asksForHelp, misuse, unknownWord } from './supervisor/usage.ts';
import { BYTES_MAX, checkFile } from './verify-correction/check-file.ts';

const USAGE = `npm run verify:correction -- LC-000001.json …
Checks that two people signed the exact lines of a correction, and that its journal says the same. The
file comes from the correction's page. It needs no database, no network and nothing of a console. Whose
the keys are it does not know: compare people and keys with the roster.
It ends with 0 when all hold, with 1 when one does not, and with 2 when it could not look.`;

/** @returns the exit code. */
function main(words: readonly string[]): number {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const option = words.find((word) => word.startsWith('-'));
  if (option !== undefined) throw unknownWord(option, USAGE);
  if (words.length === 0) throw misuse('Name the file of a correction.', USAGE);
  if (words.length > FILES_MAX) throw misuse(`At most ${FILES_MAX} files at a time.`, USAGE);
  const checked = words.map((path) => checkFile(readNamed(path, BYTES_MAX)));
  for (const { lines } of checked) for (const line of lines) console.log(line);
  return checked.every(({ holds }) => holds) ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
