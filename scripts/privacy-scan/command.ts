/** What was typed after `npm run privacy:scan --`. Pure. */
import { VALUE_MAX, VALUE_MIN, VALUES_MAX } from '#lib/privacy/scan/needles.ts';
import { misuse, unknownWord } from '../supervisor/usage.ts';

export const SCAN_USAGE = `npm run privacy:scan -- VALUE …                looks for values in everything the product stores
npm run privacy:scan -- --stdin               reads them from the input, one a line, so that no shell remembers them
npm run privacy:scan -- --folder PATH VALUE … looks below further folders as well, such as those of backups
npm run privacy:scan -- --json VALUE …        one JSON object on stdout
It looks through every table, queue and trail of the live database, opens what is sealed in it, and reads every file
below the data folder, the database's own files and the logs among them, and what \`npm run backup\` wrote there, which it
opens; in any case, composition and coding. Places are named, values never. It ends with 0 when none is found, with 1 and the
places when one is, and with 2 when it could not look everywhere, as where something sealed or a file can't be read.`;

export type ScanCommand = { values: string[]; folders: string[]; isJson: boolean };

/** What the command ends with. @param unread places that could not be looked at: none of them says that nothing is there. */
export function exitCodeOf({ found, unread }: { found: number; unread: readonly string[] }) {
  if (found > 0) return 1;
  return unread.length > 0 ? 2 : 0;
}

/**
 * Reads the words.
 * @param input lines of the standard input, asked for only with `--stdin`.
 * @throws Problem with a sentence about what is wrong, and the usage.
 */
export function readScanCommand(words: readonly string[], input: () => string): ScanCommand {
  const rest = [...words];
  const command: ScanCommand = { values: [], folders: [], isJson: false };
  let isValues = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (isValues || !word.startsWith('--')) command.values.push(word);
    else if (word === '--') isValues = true;
    else if (word === '--json') command.isJson = true;
    else if (word === '--stdin') command.values.push(...linesOf(input()));
    else if (word === '--folder') {
      const folder = rest.shift();
      if (folder === undefined) throw misuse('After --folder comes a path.', SCAN_USAGE);
      command.folders.push(folder);
    } else throw unknownWord(word, SCAN_USAGE);
  }
  const values = [...new Set(command.values.map((value) => value.trim()))];
  if (values.length === 0) throw misuse('Name at least one value to look for.', SCAN_USAGE);
  if (values.length > VALUES_MAX)
    throw misuse(`At most ${VALUES_MAX} values are looked for at once.`, SCAN_USAGE);
  const short = values.findIndex((value) => value.length < VALUE_MIN);
  if (short >= 0)
    throw misuse(
      `Value ${short + 1} is shorter than ${VALUE_MIN} characters: it would stand everywhere by chance.`,
      SCAN_USAGE,
    );
  if (values.some((value) => value.length > VALUE_MAX))
    throw misuse(`A value has at most ${VALUE_MAX} characters.`, SCAN_USAGE);
  return { ...command, values };
}

const linesOf = (text: string): string[] =>
  text.split(/\r?\n/).filter((line) => line.trim() !== '');
