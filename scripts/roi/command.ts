/** What `npm run roi` was asked for. Pure. */
import { parseArgs } from 'node:util';
import { isDay } from '#lib/platform/days.ts';
import { isCountry } from '#lib/resilience/places.ts';
import { misuse, optionFault, unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run roi -- check PATH
    checks a package of the register of information, a zip or a folder, and prints what it finds as JSON;
    into a file: npm run -s roi -- check PATH > findings.json
npm run roi -- export PATH --date 2025-12-31 [--country LU] [--consolidated]
    writes the register as of now for that reference date: a zip at PATH where it ends with .zip, in the
    folder PATH under its own name otherwise. The country is the authority's, the entity's own without one
A check ends with 0 when nothing would refuse the package, with 1 when something would, and with 2 when it
could not look. An export ends with 0 when the package is written.`;

export type Command =
  | { kind: 'check'; path: string }
  | { kind: 'export'; path: string; date: string; country: string | null; scope: 'IND' | 'CON' };

/** @throws Problem for what it does not know. */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parsed(words);
  const [kind, path, more] = positionals;
  if (more !== undefined) throw unknownWord(more, USAGE);
  if (kind === undefined) throw misuse('Say check or export.', USAGE);
  if (kind !== 'check' && kind !== 'export') throw unknownWord(kind, USAGE);
  if (path === undefined || path === '') throw misuse(`Say what to ${kind}: a path.`, USAGE);
  const { date, country, consolidated } = values;
  if (kind === 'check') {
    if (date !== undefined || country !== undefined || consolidated !== undefined)
      throw misuse('A check takes nothing but a path.', USAGE);
    return { kind, path };
  }
  if (date === undefined) throw misuse('Say the reference date with --date.', USAGE);
  if (!isDay(date)) throw misuse('Write the reference date as a day, like 2025-12-31.', USAGE);
  if (country !== undefined && !isCountry(country))
    throw misuse('Write the country in two capital letters, like LU.', USAGE);
  return {
    kind,
    path,
    date,
    country: country ?? null,
    scope: consolidated === true ? 'CON' : 'IND',
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        date: { type: 'string' },
        country: { type: 'string' },
        consolidated: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw optionFault(error, USAGE);
  }
}
