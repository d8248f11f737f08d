/**
 * The append-only file under a sandbox chain. A line is on the disk before `append` returns; a
 * line cut off by a crash was never acknowledged, and is cut away on opening.
 */
import {
  closeSync,
  constants,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export type LinePosition = { offset: number; length: number };

/** How the lines of one chain's log are written and read. */
export type LineCodec<Line> = {
  /** One line of JSON, its line feed included. */
  write(line: Line): Buffer;
  /** What stands in a line, from parsed JSON. Throws on anything else. */
  check(value: unknown): Line;
};

/** The disk refused, or holds something else than was written; the process must not go on. */
export class DiskFault extends Error {
  override name = 'DiskFault';
}

const CHUNK_BYTES = 1024 * 1024;
const LINE_BYTES_MAX = 16 * CHUNK_BYTES;

export class LogFile<Line> {
  readonly #path: string;
  readonly #codec: LineCodec<Line>;
  readonly #fd: number;
  #size = 0;

  constructor(path: string, codec: LineCodec<Line>) {
    this.#path = path;
    this.#codec = codec;
    this.#fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    syncFolder(dirname(path));
  }

  /** Every whole line from the start; to be read once to its end before anything is appended. */
  *lines(): Generator<{ line: Line; position: LinePosition }> {
    for (const { text, position, whole } of this.#rawLines()) {
      const line = whole ? parseLine(this.#codec, text) : null;
      if (line === null) {
        if (whole)
          throw new DiskFault(
            `${this.#path} is damaged at byte ${position.offset}. Run npm run reset to start a new sandbox.`,
          );
        ftruncateSync(this.#fd, position.offset);
        fsyncSync(this.#fd);
        return;
      }
      this.#size = position.offset + position.length;
      yield { line, position };
    }
  }

  /** @throws DiskFault */
  append(line: Line): LinePosition {
    const bytes = this.#codec.write(line);
    const position = { offset: this.#size, length: bytes.length };
    try {
      for (let done = 0; done < bytes.length;)
        done += writeSync(this.#fd, bytes, done, bytes.length - done, position.offset + done);
      fdatasyncSync(this.#fd);
    } catch (error) {
      throw new DiskFault(
        `The sandbox chain can't write ${this.#path}: ${String(error)}. Free some space and start again.`,
      );
    }
    this.#size += bytes.length;
    return position;
  }

  /** @throws DiskFault when the line is not what was written there. */
  read(position: LinePosition): Line {
    const bytes = Buffer.alloc(position.length);
    readSync(this.#fd, bytes, 0, position.length, position.offset);
    const line = parseLine(this.#codec, bytes.toString('utf8'));
    if (line === null) throw new DiskFault(`${this.#path} is damaged at byte ${position.offset}.`);
    return line;
  }

  close(): void {
    closeSync(this.#fd);
  }

  *#rawLines(): Generator<{ text: string; position: LinePosition; whole: boolean }> {
    let rest = Buffer.alloc(0);
    let start = 0;
    for (let at = 0; ;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const count = readSync(this.#fd, chunk, 0, CHUNK_BYTES, at);
      if (count === 0) break;
      at += count;
      rest = Buffer.concat([rest, chunk.subarray(0, count)]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        const length = end + 1;
        yield {
          text: rest.toString('utf8', 0, end),
          position: { offset: start, length },
          whole: true,
        };
        start += length;
        rest = rest.subarray(length);
      }
      if (rest.length > LINE_BYTES_MAX)
        throw new DiskFault(`${this.#path} has a line that is too long.`);
    }
    if (rest.length > 0)
      yield { text: '', position: { offset: start, length: rest.length }, whole: false };
  }
}

/** Writes a new file beside the old one and puts it in its place in one step. */
export function replaceLog<Line>(
  path: string,
  codec: LineCodec<Line>,
  lines: Iterable<Line>,
): void {
  const beside = `${path}.new`;
  const fd = openSync(beside, 'w', 0o600);
  try {
    for (const line of lines) writeSync(fd, codec.write(line));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(beside, path);
  syncFolder(dirname(path));
}

function parseLine<Line>(codec: LineCodec<Line>, text: string): Line | null {
  try {
    return codec.check(JSON.parse(text));
  } catch {
    return null;
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
