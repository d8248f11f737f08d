/** What `npm run reconcile` was asked for. Pure. */
import { parseArgs } from 'node:util';
import { misuse, optionFault, unknownWord } from '../supervisor/usage.ts';
import { wantedText } from '#lib/reconciliation/place.ts';

export const USAGE = `npm run reconcile -- --all                  compares the books with everybody else, now
npm run reconcile -- --place KIND/ASSET/PLACE   one place only, such as chain/SOL/warm-1
  --json    prints one line for programs: { runs: [{ id, kind, asset, place, matched, breaks }] }
It ends with 0 when no break is open, with 1 when some are, and with 2 when it could not be done.`;

export type Command = { wanted: string; isJson: boolean };

/** @throws Problem for a word it does not know. */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parsed(words);
  const [word] = positionals;
  if (word !== undefined) throw unknownWord(word, USAGE);
  const { all, place, json } = values;
  if (all === (place !== undefined)) throw misuse('Say either --all or --place.', USAGE);
  const wanted = wantedText.safeParse(place ?? 'all');
  if (!wanted.success || wanted.data === 'due')
    throw misuse('A place is named like chain/SOL/warm-1.', USAGE);
  return { wanted: wanted.data, isJson: json };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        place: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw optionFault(error, USAGE);
  }
}
