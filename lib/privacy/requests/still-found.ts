/** While values of somebody are found still after their erasure, they are not told that it is done. Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import { isErasing, type Standing } from './fold.ts';
import type { RestWay } from './rest-ways.ts';

/** In how many places they were found, which its answer has to speak of. */
export const stillFound = (standing: Standing): number =>
  isErasing(standing) ? (standing.erased?.found ?? 0) : 0;

/** @param rest what the answer says of them. */
export function findStillFound(
  standing: Standing,
  rest: { as: RestWay; places: number } | undefined,
): Refused | null {
  const found = stillFound(standing);
  if (found === 0)
    return rest === undefined
      ? null
      : refuse('moved', 'Nothing was found after the erasure. Load the page again.');
  return rest?.places === found
    ? null
    : refuse(
        'still-found',
        `Values of the person were found in ${found} place${found === 1 ? '' : 's'} after the erasure, which the proof names. Clear each, or say by which article it is kept, and why; then record the answer.`,
      );
}
