/** How many files of the books are written at once: each reads the database for as long as it lasts. */
import { ok, refuse, type Result } from '#lib/platform/result.ts';

const atOnce = 4;

let underWay = 0;

/** The same pieces; from the first until the end, or until they are given up, they count as one file. */
export function inSlot(
  pieces: () => AsyncGenerator<string>,
): Result<AsyncGenerator<string>, 'exports-busy'> {
  if (underWay >= atOnce)
    return refuse(
      'exports-busy',
      `${atOnce} files of the books are being written just now. Wait until one is done and download it again.`,
    );
  return ok(counted(pieces));
}

async function* counted(pieces: () => AsyncGenerator<string>): AsyncGenerator<string> {
  underWay += 1;
  try {
    yield* pieces();
  } finally {
    underWay -= 1;
  }
}
