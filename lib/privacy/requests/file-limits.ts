/** How many files a request holds, and how large they are together, so that nobody fills one. Pure; the database agrees. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { RequestEvent } from './event.ts';
import { keptBytesMax } from './kept-file.ts';

/** More than any correspondence about a request has. */
export const filesMax = 50;
/** Bytes of all files of a request, 64 MiB. What was erased counts on, as its entry stays. */
export const filesBytesMax = 67_108_864;

type Fault = 'file-empty' | 'file-too-large' | 'too-many-files' | 'files-too-large';

/**
 * The refusal of one more file.
 * @param size of it, in bytes.
 */
export function findSizeFault(
  { number, events }: { number: string; events: readonly RequestEvent[] },
  size: number,
): Refused<Fault> | null {
  if (size === 0) return refuse('file-empty', 'The file is empty.');
  if (size > keptBytesMax) return refuse('file-too-large', 'A file has at most 10 MiB.');
  const sizes = events.flatMap((event) => (event.kind === 'file-added' ? [event.facts.size] : []));
  if (sizes.length >= filesMax)
    return refuse(
      'too-many-files',
      `${number} holds ${filesMax} files, which is as many as a request may. Keep the rest as a note.`,
    );
  return sizes.reduce((sum, one) => sum + one, size) > filesBytesMax
    ? refuse(
        'files-too-large',
        `With this one the files of ${number} would be larger than 64 MiB together. Add a smaller one, or keep what it says as a note.`,
      )
    : null;
}
