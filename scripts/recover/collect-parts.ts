/** Gets the custodians' parts, from the screen or from the files of a folder. */
import { PART_FILE_BYTES_MAX } from '#lib/mpc/backup/part-text.ts';
import { Problem } from '../supervisor/problem.ts';
import { askPart } from './ask-part.ts';
import { readFolder } from './files.ts';
import type { PartsDesk } from './parts-desk.ts';
import type { Screen } from './screen.ts';

/** Slips are to be expected; somebody who keeps making them should look at the card again. */
const ATTEMPTS_MAX = 200;

function takeFiles(desk: PartsDesk, folder: string, screen: Screen): void {
  for (const { name, bytes } of readFolder(folder, '.txt', PART_FILE_BYTES_MAX)) {
    const { sentence } = desk.take(Buffer.from(bytes).toString('utf8'));
    screen.print(`${name}: ${sentence}`);
    bytes.fill(0);
  }
}

async function takeTyped(desk: PartsDesk, screen: Screen, isEnough: () => boolean): Promise<void> {
  screen.print(
    'Custodians type their parts now, each alone at the keyboard. Nothing of it is shown. An empty line ends it.',
  );
  for (let attempt = 0; attempt < ATTEMPTS_MAX && !isEnough(); attempt += 1) {
    for (const sentence of desk.missing()) screen.print(sentence);
    const typed = await askPart(screen, 'Part: ');
    if (typed === null || typed.trim() === '') return;
    screen.print(desk.take(typed).sentence);
  }
}

/**
 * Fills the desk until it is enough.
 * @param folder parts as text files; null for the screen.
 * @throws Problem that names the parts that are missing.
 */
export async function collectParts(of: {
  desk: PartsDesk;
  folder: string | null;
  screen: Screen;
  isEnough: () => boolean;
  /** What the parts are not enough for. */
  purpose: string;
}): Promise<void> {
  const { desk, folder, screen, isEnough, purpose } = of;
  if (folder === null) await takeTyped(desk, screen, isEnough);
  else takeFiles(desk, folder, screen);
  if (isEnough()) return;
  throw new Problem([`These parts are not enough ${purpose}.`, ...desk.missing()].join('\n'));
}
