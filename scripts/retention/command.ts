/** What `npm run retention` was asked for. Pure. */
import { parseArgs } from 'node:util';
import { isDay } from '#lib/platform/days.ts';
import { misuse, optionFault, unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run retention -- rehearse                    what would go today, by each rule
npm run retention -- rehearse --day 2027-06-30   what would go on a day that comes
  --json    prints one line for programs: { day, rules: [{ rule, due, skipped, oldest, newest, sample }] }
It reads alone: nothing goes, and nothing is written down. It ends with 0, and with 2 when it could not be done.`;

export type Command = { day: string; isJson: boolean };

/** @param today YYYY-MM-DD. @throws Problem for a word it does not know, or a day that is over. */
export function readCommand(words: readonly string[], today: string): Command {
  const { values, positionals } = parsed(words);
  const [word, ...more] = positionals;
  if (word === undefined) throw misuse('Say what to do: rehearse.', USAGE);
  const odd = word === 'rehearse' ? more[0] : word;
  if (odd !== undefined) throw unknownWord(odd, USAGE);
  const day = values.day ?? today;
  if (!isDay(day)) throw misuse('A day is written like 2027-06-30.', USAGE);
  if (day < today) throw misuse(`${day} is over. Name a day from ${today} on.`, USAGE);
  return { day, isJson: values.json };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { day: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw optionFault(error, USAGE);
  }
}
