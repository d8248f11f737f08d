/**
 * A sandbox keeps the address it was founded at: its roster says where keys count, and every
 * statement made elsewhere is refused by the parties.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from './data-folder.ts';
import { sandboxFolder } from './environments.ts';
import { fileProblem, Problem } from './problem.ts';
import type { Settings } from './settings.ts';

const kept = z.object({ origin: z.string(), rpId: z.string() });

const addressFile = (data: string): string => join(sandboxFolder(data), 'address.json');

function readAddress(data: string): z.infer<typeof kept> | null {
  try {
    return kept.parse(JSON.parse(readFileSync(addressFile(data), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Remembers the address at the first start.
 * @throws Problem when the folder's sandbox was founded at another one
 */
export function keepAddress({ data, origin, rpId }: Settings): void {
  const founded = readAddress(data);
  if (founded !== null && (founded.origin !== origin || founded.rpId !== rpId))
    throw new Problem(
      `The sandbox in ${data} was founded at ${founded.origin} (keys of ${founded.rpId}), and keys count only there, not at ${origin}. ` +
        'Free that port and start it as before, wipe it with `npm run reset`, or use another folder: COUNTERSIGN_DATA=/another/folder.',
    );
  if (founded !== null) return;
  try {
    makeFolder(sandboxFolder(data), 0o700);
    writeFileSync(addressFile(data), `${JSON.stringify({ origin, rpId })}\n`, { mode: 0o600 });
  } catch (error) {
    throw fileProblem(error, addressFile(data)) ?? error;
  }
}
