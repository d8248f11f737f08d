import { refuse } from '#lib/platform/result.ts';

/** Movements of a statement that is made while somebody waits: it takes the web server about two seconds. */
export const movementsAtOnce = 3_000;

export const tooLong = () =>
  refuse(
    'statement-too-long',
    `This is more than ${movementsAtOnce} movements, which is not made while somebody waits. Ask for a shorter period, or have the files of a whole quarter written with npm run statements.`,
  );
