/** Cuts a stream of bytes into lines. */
import type { Readable } from 'node:stream';

const LINE_MAX = 8_192;

/** Calls `onLine` for each line; a longer one than 8192 characters is cut, so that no output can fill memory. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, LINE_MAX);
    for (const line of lines) emit(line, onLine);
  });
  stream.on('end', () => {
    if (rest !== '') emit(rest, onLine);
  });
  // A pipe that breaks has nothing more to say; the end of its process is noticed elsewhere.
  stream.on('error', () => undefined);
}

function emit(line: string, onLine: (line: string) => void): void {
  onLine(line.replace(/\r$/, '').slice(0, LINE_MAX));
}
