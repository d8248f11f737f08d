/** What was typed after `npm run tour --`. Pure. */
import { Problem } from '../supervisor/problem.ts';
import { unknownWord } from '../supervisor/usage.ts';

export const USAGE = `npm run tour                       plays one withdrawal on each chain against the running sandbox
  -- --base-url URL                against the sandbox at this address
  -- --headed                      in a window, slowly enough to follow
  -- --slow-mo MILLISECONDS        pause after each move of the browser (with --headed 400)`;

export type TourOptions = {
  /** Origin of the console, null for that of the data folder's sandbox. */
  origin: string | null;
  headed: boolean;
  slowMo: number;
};

const HEADED_PAUSE_MS = 400;
const PAUSE_MAX_MS = 10_000;

/** Keys are made for names, never for numbers, so this machine goes by its name. */
const OWN_ADDRESS = /^(?:127\.0\.0\.1|\[::1\])$/;

function readOrigin(text: string | undefined): string {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Problem('After --base-url comes an address such as http://localhost:3000.');
  if (OWN_ADDRESS.test(url.hostname)) url.hostname = 'localhost';
  return url.origin;
}

function readPause(text: string | undefined): number {
  const pause = /^\d{1,5}$/.test(text ?? '') ? Number(text) : PAUSE_MAX_MS + 1;
  if (pause > PAUSE_MAX_MS)
    throw new Problem(`After --slow-mo comes a number of milliseconds, at most ${PAUSE_MAX_MS}.`);
  return pause;
}

/**
 * Reads the words of the command line; `--base-url=URL` is the same as `--base-url URL`.
 * @throws Problem with a sentence about the word that is wrong
 */
export function readOptions(given: readonly string[]): TourOptions {
  const words = given.flatMap((word) => /^(--[a-z-]+)=(.*)$/s.exec(word)?.slice(1) ?? [word]);
  const options = { origin: null as string | null, headed: false, slowMo: null as number | null };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--headed') options.headed = true;
    else if (word === '--base-url') options.origin = readOrigin(words.shift());
    else if (word === '--slow-mo') options.slowMo = readPause(words.shift());
    else throw unknownWord(word, USAGE);
  }
  return { ...options, slowMo: options.slowMo ?? (options.headed ? HEADED_PAUSE_MS : 0) };
}
