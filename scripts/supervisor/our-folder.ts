/** Which folders are Countersign's to use and to wipe, and what in them it made itself. Pure. */

/** Everything that start, tour and the cold command make at the top of a data folder. */
const OUR_NAMES: ReadonlySet<string> = new Set([
  '.probe',
  'keys-service',
  'logs',
  'parties',
  'postgres',
  'restoring',
  'run',
  'sandbox',
  'secrets.json',
  'supervisor.lock',
  'tour',
  'worker',
]);

/** Where a restore makes the database that takes the place of the one that is there. */
export const restoringFolder = 'restoring';

/** Name of the database that a restore put aside at this instant. */
export const restoredName = (now: Date): string =>
  `postgres.before-restore-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

/** What every start of a sandbox makes; other programs' folders have some of it, never all. */
const OUR_MARKS = ['logs', 'run', 'secrets.json'];

/** File systems and desktops leave these in any folder. */
const NOBODYS: ReadonlySet<string> = new Set(['.DS_Store', 'lost+found']);

/** True for a name that Countersign gives at the top of its data folder. */
export const isOurName = (name: string): boolean =>
  OUR_NAMES.has(name) ||
  /^supervisor\.lock\.(?:stale\.)?\d+$/.test(name) ||
  /^postgres\.before-restore-\d{8}T\d{6}Z$/.test(name);

/** The names in a folder that somebody else gave. */
export const foreignNames = (names: readonly string[]): string[] =>
  names.filter((name) => !isOurName(name) && !NOBODYS.has(name));

/**
 * True for a folder that is empty, holds nothing but what Countersign makes, or was a sandbox's
 * before somebody added to it.
 */
export const isOurFolder = (names: readonly string[]): boolean =>
  foreignNames(names).length === 0 || OUR_MARKS.every((mark) => names.includes(mark));

/** A few of many names, for a sentence. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
