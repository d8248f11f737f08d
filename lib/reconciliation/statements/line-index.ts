/** Where in a text an index stands, as an editor shows it: line and column from 1. Pure. */

export type PlaceOf = (index: number) => { line: number; column: number };

/** Lines end with LF, CR LF or CR. The text is looked through once, when a place is first asked for. */
export function lineIndex(text: string): PlaceOf {
  let starts: number[] | null = null;
  return (index) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/gu)) starts.push(index + end.length);
  return starts;
}
