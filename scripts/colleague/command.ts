/** What was typed after `npm run colleague --`. Pure. */
import {
  colleagueDecision,
  handleName,
  operationName,
  type Ask,
} from '#lib/sandbox/colleagues/messages.ts';
import { Problem } from '../supervisor/problem.ts';
import { misuse, unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run colleague -- list                what is open, by number and id
npm run colleague -- who                 the sample colleagues
npm run colleague -- approve ID          have one approve an operation
npm run colleague -- cosign ID           have one co-sign it
npm run colleague -- reject ID           have one reject it
npm run colleague -- cancel ID           have its raiser cancel it
                     … --as HANDLE       choose the colleague
ID is an operation's number, such as WD-2026-000001, or its id.`;

export type Command = { do: 'list' } | { do: 'who' } | { do: 'ask'; wanted: Ask };

/** Takes `--as HANDLE` out of the words. @throws Problem when the name is missing or no name. */
function takeHandle(words: readonly string[]): { rest: string[]; handle: string | null } {
  const at = words.indexOf('--as');
  if (at === -1) return { rest: [...words], handle: null };
  const given = handleName.safeParse(words[at + 1]);
  if (!given.success)
    throw new Problem('After --as comes the handle of a colleague, such as marek.');
  return { rest: words.toSpliced(at, 2), handle: given.data };
}

/**
 * Reads the words of the command line.
 * @throws Problem with the usage, or with a sentence about the word that is wrong
 */
export function readCommand(words: readonly string[]): Command {
  const { rest, handle } = takeHandle(words);
  const [verb, id, ...more] = rest;
  if ((verb === 'list' || verb === 'who') && rest.length === 1 && handle === null)
    return { do: verb };
  const decision = colleagueDecision.safeParse(verb);
  if (verb === undefined) throw misuse('Say what a colleague should do.', USAGE);
  if (verb === 'list' || verb === 'who') throw misuse(`“${verb}” stands alone.`, USAGE);
  if (!decision.success) throw unknownWord(verb, USAGE);
  if (id === undefined)
    throw misuse(`After “${verb}” comes the number or the id of an operation.`, USAGE);
  if (more.length > 0) throw misuse('Name one operation.', USAGE);
  // Numbers are written in capitals and ids in small letters; both are accepted as typed.
  const operation = [id.toLowerCase(), id.toUpperCase()].find(
    (spelling) => operationName.safeParse(spelling).success,
  );
  if (operation === undefined)
    throw new Problem(
      `“${id.slice(0, 60)}” is no operation. Give its number, such as WD-2026-000001, or its id.`,
    );
  return {
    do: 'ask',
    wanted: { operation, decision: decision.data, ...(handle !== null && { handle }) },
  };
}
