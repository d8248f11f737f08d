/** How many files of the books are written at once: each reads the database for as long as it lasts. */
import { ok, refuse, type Result } from '#lib/platform/result.ts';

const atOnce = 4;

let underWay = 0;

/**
 * The same pieces, which count as one file from now on until they end, fail or are given up by
 * `return()`, also where nobody took the first of them.
 */
export function inSlot(
  pieces: () => AsyncGenerator<string>,
): Result<AsyncGenerator<string>, 'exports-busy'> {
  if (underWay >= atOnce)
    return refuse(
      'exports-busy',
      `${atOnce} files of the books are being written just now. Wait until one is done and download it again.`,
    );
  underWay += 1;
  return ok(counted(pieces()));
}

/** A generator's own `finally` does not run when it is given up before its first piece, so this is none. */
function counted(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  let isHeld = true;
  const leave = (): void => {
    if (isHeld) underWay -= 1;
    isHeld = false;
  };
  const watched = async (
    step: () => Promise<IteratorResult<string>>,
  ): Promise<IteratorResult<string>> => {
    try {
      const result = await step();
      if (result.done) leave();
      return result;
    } catch (error) {
      leave();
      throw error;
    }
  };
  return {
    next: () => watched(() => pieces.next()),
    return: (value) => watched(() => pieces.return(value)),
    throw: (error) => watched(() => pieces.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return(undefined);
    },
  };
}

/** Gives a file up when what has to stand on record before its first byte could not be written. */
export async function onceRecorded<T>(
  pieces: AsyncGenerator<string>,
  record: () => Promise<T>,
): Promise<T> {
  try {
    return await record();
  } catch (error) {
    await pieces.return(undefined);
    throw error;
  }
}
