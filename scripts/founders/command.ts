/** What was typed after `npm run founders --`. Pure but for reading a file of founders. */
import { readFileSync, statSync } from 'node:fs';
import {
  findGroupFault,
  invitationForm,
  type InvitationForm,
} from '#lib/identity/invite-operator.ts';
import { group, role } from '#lib/protocol/roster.ts';
import { Problem } from '../supervisor/problem.ts';
import { misuse, unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run founders -- "Ada Hofmann:officer,administrator" "Marek Kowalski:officer:control" …
                                      invite founders, or renew the links of those named
npm run founders -- --file PATH       the same from a file, one founder a line
npm run founders -- --renew           new links for everybody who has not enrolled
npm run founders -- --remove "NAME"   take a founder out
npm run founders                      who the founders are, and how far each has got
A founder is NAME:ROLES or NAME:ROLES:GROUP.
ROLES: ${role.options.join(', ')}; several with commas between. GROUP: ${group.options.join(', ')}.`;

export type Command =
  | { do: 'list' }
  | { do: 'renew' }
  | { do: 'remove'; name: string }
  | { do: 'invite'; founders: InvitationForm[] };

const fileMax = 64 * 1024;
const shown = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/**
 * Reads one founder, such as `Marek Kowalski:officer:control`.
 * @throws Problem that names what is wrong with it
 */
export function readFounder(text: string): InvitationForm {
  const parts = text.split(':').map((part) => part.trim());
  const [displayName = '', rolesText = '', groupText, ...more] = parts;
  if (parts.length < 2 || more.length > 0)
    throw new Problem(
      `${shown(text)} is no founder. Write NAME:ROLES or NAME:ROLES:GROUP, such as "Marek Kowalski:officer:control".`,
    );
  const roles = rolesText.split(',').map((name) => readWord(role, name.trim(), 'role', text));
  const own =
    groupText === undefined || groupText === 'none'
      ? null
      : readWord(group, groupText, 'group', text);
  const form = invitationForm.safeParse({ displayName, roles, group: own });
  if (!form.success)
    throw new Problem(`${shown(text)}: ${form.error.issues[0]?.message ?? 'Check it.'}`);
  const unfit = findGroupFault(form.data);
  if (unfit) throw new Problem(`${shown(text)}: ${unfit}`);
  return form.data;
}

function readWord<T extends string>(
  words: { options: readonly T[] },
  text: string,
  what: string,
  whole: string,
): T {
  const found = words.options.find((option) => option === text.toLowerCase());
  if (found === undefined)
    throw new Problem(
      `${shown(whole)}: ${text === '' ? `the ${what} is missing` : `${shown(text)} is no ${what}`}. Choose from ${words.options.join(', ')}.`,
    );
  return found;
}

/** Founders of a file: one a line; empty lines and lines that begin with # are passed over. */
function readFile(path: string): InvitationForm[] {
  let text: string;
  try {
    if (statSync(path).size > fileMax)
      throw new Problem(`${path} is larger than ${fileMax / 1024} kB; founders are a handful.`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`The file ${path} cannot be read. Check its name and who may read it.`);
  }
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  const founders = lines.filter((line) => line !== '' && !line.startsWith('#')).map(readFounder);
  if (founders.length === 0) throw new Problem(`${path} names no founder.`);
  return founders;
}

/**
 * Reads the words of the command line.
 * @throws Problem with the usage, or with a sentence about the word that is wrong
 */
export function readCommand(words: readonly string[]): Command {
  const [first, second, ...more] = words;
  if (first === undefined) return { do: 'list' };
  if (first === '--renew' && second === undefined) return { do: 'renew' };
  if (first === '--remove' && second !== undefined && more.length === 0)
    return { do: 'remove', name: second };
  if (first === '--file' && second !== undefined && more.length === 0)
    return { do: 'invite', founders: readFile(second) };
  const option = words.find((word) => word.startsWith('-'));
  if (option === '--file') throw misuse('After --file comes one path, and nothing else.', USAGE);
  if (option === '--remove')
    throw misuse('After --remove comes one name in quotation marks, and nothing else.', USAGE);
  if (option === '--renew') throw misuse('--renew stands alone.', USAGE);
  if (option !== undefined) throw unknownWord(option, USAGE);
  return { do: 'invite', founders: words.map(readFounder) };
}
