import type { Subject } from '../collect/spans.ts';
import type { CollectedItem, Reader } from '../collect/system.ts';
import { systemOf, type SystemCode } from '../collect/systems.ts';

/** Characters that are gathered before they are passed on. */
export const pieceLength = 65_536;

export type Counted = Map<SystemCode, number>;

/**
 * The records of one system as the inside of a JSON list, a piece at a time: no more than a page of them is in memory.
 * @param shown what of a record is told.
 * @param counts filled with how many there were.
 */
export async function* recordPieces(
  db: Reader,
  { code, subject }: { code: SystemCode; subject: Subject },
  shown: (item: CollectedItem) => object,
  counts: Counted,
): AsyncGenerator<string> {
  let piece = '';
  let count = 0;
  for await (const item of systemOf(code).items(db, subject)) {
    piece += `${count === 0 ? '' : ','}\n${JSON.stringify(shown(item))}`;
    count += 1;
    if (piece.length < pieceLength) continue;
    counts.set(code, count);
    yield piece;
    piece = '';
  }
  counts.set(code, count);
  yield piece;
}
