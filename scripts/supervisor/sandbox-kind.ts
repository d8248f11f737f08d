/** A data folder is one kind of sandbox for good: with the sample organisation, or without. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './data-folder.ts';
import { sandboxFolder } from './environments.ts';
import { fileProblem, Problem } from './problem.ts';
import type { Settings } from './settings.ts';

type Kind = 'sample' | 'empty';

const kindFile = (data: string): string => join(sandboxFolder(data), 'kind');

/** Which kind the folder holds, or null when no sandbox was ever started there. */
export function readKind(data: string): Kind | null {
  try {
    return readFileSync(kindFile(data), 'utf8').trim() === 'empty' ? 'empty' : 'sample';
  } catch {
    // Folders of before the two kinds have secrets, and hold the sample organisation.
    return existsSync(join(data, 'secrets.json')) ? 'sample' : null;
  }
}

/**
 * Remembers the kind at the first start.
 * @throws Problem when the folder holds a sandbox of the other kind
 */
export function keepKind({ data, hasSample }: Settings): void {
  const wanted: Kind = hasSample ? 'sample' : 'empty';
  const kept = readKind(data);
  if (kept !== null && kept !== wanted)
    throw new Problem(
      kept === 'empty'
        ? `${data} holds a sandbox without the sample organisation. Start it with \`npm start -- --empty\`, or wipe it first with \`npm run reset\`.`
        : `${data} holds a sandbox with the sample organisation. Start it with \`npm start\`, wipe it first with \`npm run reset\`, or use another folder: COUNTERSIGN_DATA=/another/folder.`,
    );
  try {
    makeFolder(sandboxFolder(data), 0o700);
    writeFileSync(kindFile(data), `${wanted}\n`, { mode: 0o600 });
  } catch (error) {
    throw fileProblem(error, kindFile(data)) ?? error;
  }
}
