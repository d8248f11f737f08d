/** Pure; no words about incidents. */

/** Places `from` to `to` of a list, both counted. */
export type Span = { from: number; to: number };

/**
 * What each of many overlapping stretches of a list comes to, without adding up each stretch anew: two stacks, as for
 * a queue, so that every item is merged a fixed number of times however long the stretches are.
 * @param spans neither their beginnings nor their ends go backwards.
 * @param merge associative; the earlier one comes first.
 */
export function mergeSpans<T>(
  items: readonly T[],
  spans: readonly Span[],
  merge: (earlier: T, later: T) => T,
): T[] {
  /** What the items from some place to the last one moved here come to; the earliest on top. */
  let front: T[] = [];
  let back: T | null = null;
  let head = spans[0]?.from ?? 0;
  let tail = head;
  return spans.map(({ from, to }) => {
    for (; tail <= to; tail += 1) {
      const item = itemAt(items, tail);
      back = back === null ? item : merge(back, item);
    }
    for (; head < from; head += 1) {
      if (front.length === 0) {
        front = suffixes(items, head, tail, merge);
        back = null;
      }
      front.pop();
    }
    const top = front.at(-1);
    if (top === undefined && back === null) throw new Error('A span without an item.');
    if (top === undefined) return back as T;
    return back === null ? top : merge(top, back);
  });
}

function suffixes<T>(
  items: readonly T[],
  head: number,
  tail: number,
  merge: (earlier: T, later: T) => T,
): T[] {
  const stack: T[] = [];
  for (let at = tail - 1; at >= head; at -= 1) {
    const later = stack.at(-1);
    const item = itemAt(items, at);
    stack.push(later === undefined ? item : merge(item, later));
  }
  return stack;
}

function itemAt<T>(items: readonly T[], at: number): T {
  const item = items[at];
  if (item === undefined) throw new Error('A span beyond the list.');
  return item;
}
