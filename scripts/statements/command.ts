/** What `npm run statements` was asked for. Pure. */
import { parseArgs } from 'node:util';
import { misuse, optionFault, unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run statements -- --quarter 2026-Q3 --out FOLDER
    statements of position of a quarter for all clients, each as PDF and CSV
npm run statements -- --from 2026-10-01 [--through 2026-11-27] --out FOLDER
    the same for whole days in UTC; without a last day up to now
A run that was cut short goes on where it was. Files that are there as they were issued stay.
It ends with 0 when every client has a statement, and with 1 when some have none.`;

export type Command = {
  period: { quarter: string } | { from: string; through: string };
  /** Folder for the files; made when it is not there. */
  out: string;
};

const day = /^2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** @throws Problem for what it does not know. */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parsed(words);
  const [word] = positionals;
  if (word !== undefined) throw unknownWord(word, USAGE);
  const { quarter, from, through, out } = values;
  if (out === undefined || out === '') throw misuse('Say with --out where the files go.', USAGE);
  if ((quarter === undefined) === (from === undefined))
    throw misuse('Say either --quarter or --from.', USAGE);
  if (quarter !== undefined) {
    if (through !== undefined) throw misuse('--through goes with --from.', USAGE);
    return { period: { quarter }, out };
  }
  for (const text of [from, through])
    if (text !== undefined && (!day.test(text) || Number.isNaN(Date.parse(text))))
      throw misuse('Write a day like 2026-11-28.', USAGE);
  return { period: { from: from ?? '', through: through ?? '' }, out };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        quarter: { type: 'string' },
        from: { type: 'string' },
        through: { type: 'string' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw optionFault(error, USAGE);
  }
}
