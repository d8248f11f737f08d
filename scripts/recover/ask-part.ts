/** Has a part typed, in one line or in the rows of its card, without showing it. */
import { isUnfinished } from '#lib/mpc/backup/part-text.ts';
import type { Screen } from './screen.ts';

/** A card has four rows; anything longer is no part. */
const ROWS_MAX = 20;

/** @returns the text as typed; empty for an empty line, null when input has ended. */
export async function askPart(screen: Screen, question: string): Promise<string | null> {
  const first = await screen.askHidden(question);
  let text = first ?? '';
  for (let row = 1; row < ROWS_MAX && isUnfinished(text); row += 1) {
    const more = await screen.askHidden('  next row: ');
    if (more === null || more.trim() === '') break;
    text += ` ${more}`;
  }
  return first === null ? null : text;
}
