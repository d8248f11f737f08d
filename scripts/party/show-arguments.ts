/** What was typed after `npm run party -- show`. Pure. */
import { parseArgs } from 'node:util';
import { operationId, personId, slug } from '#lib/protocol/scalars.ts';
import { operationNumber } from '#lib/sandbox/colleagues/messages.ts';
import type { Problem } from '../supervisor/problem.ts';
import { misuse, optionFault } from '../supervisor/usage.ts';

export const SHOW_USAGE = `npm run party -- show OPERATION_ID --party control [--person p-…]
                                    what that party makes of an operation, and the person's code;
                                    COUNTERSIGN_PARTY_DATA names its data folder, else the sandbox's`;

export type ShowArguments = { operation: string; party: string; person: string | null };

function read(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { party: { type: 'string' }, person: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw optionFault(error, SHOW_USAGE);
  }
}

const wrong = (sentence: string): Problem => misuse(sentence, SHOW_USAGE);

const short = (word: string): string => `“${word.slice(0, 60)}”`;

/**
 * Reads the words of the command line. Only an id names an operation: a number is the console's own,
 * so a party can't know whose it is.
 * @throws Problem with a sentence about the word that is missing or wrong, and the usage.
 */
export function readShowArguments(words: readonly string[]): ShowArguments {
  const { values, positionals } = read(words);
  const [given, ...more] = positionals;
  if (given === undefined) throw wrong('The id of an operation is missing.');
  if (more.length > 0) throw wrong('Give the id of one operation.');
  if (operationNumber.safeParse(given.toUpperCase()).success)
    throw wrong(
      `${short(given)} is a number of the console, which no party knows. Give the operation's id: its page offers it to copy, and in a sandbox \`npm run colleague -- list\` prints it.`,
    );
  const operation = operationId.safeParse(given.toLowerCase());
  if (!operation.success) throw wrong(`${short(given)} is no id of an operation.`);
  if (values.party === undefined)
    throw wrong('After --party comes the name of the party to ask, such as control.');
  const party = slug.safeParse(values.party);
  if (!party.success) throw wrong(`${short(values.party)} is no name of a party.`);
  const person = personId.nullable().safeParse(values.person ?? null);
  if (!person.success)
    throw wrong('After --person comes the id of a person, such as p-2x4kq7mzab.');
  return { operation: operation.data, party: party.data, person: person.data };
}
