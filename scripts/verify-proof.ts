/** `npm run verify:proof`: checks a snapshot and clients' proofs with nothing but their files. */
import { describe } from './supervisor/problem.ts';
import { FILES_MAX, readNamed } from './supervisor/read-named.ts';
import { asksForHelp, misuse, unknownWord } from './supervisor/usage.ts';
import { BYTES_MAX, checkFiles } from './verify-proof/check-files.ts';

const USAGE = `npm run verify:proof -- SNAPSHOT.json [PROOF.json …]
Checks the signatures of a snapshot's public file, and that each proof leads to the roots in it. It
needs no database, no network and nothing of a console. It does not look at the chain: compare what
lies at each address, and the block, with a node of your own.
It ends with 0 when all hold, with 1 when something does not, and with 2 when it could not look.`;

/** @returns the exit code. */
function main(words: readonly string[]): number {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const option = words.find((word) => word.startsWith('-'));
  if (option !== undefined) throw unknownWord(option, USAGE);
  if (words.length === 0) throw misuse('Name the file of a snapshot.', USAGE);
  if (words.length > FILES_MAX) throw misuse(`At most ${FILES_MAX} files at a time.`, USAGE);
  const { holds, lines } = checkFiles(words.map((path) => readNamed(path, BYTES_MAX)));
  for (const line of lines) console.log(line);
  return holds ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
