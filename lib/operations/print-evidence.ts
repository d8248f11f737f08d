/** A recorded key press as people read it. Rows from before evidence was bounded may be heavy. */

/** An assertion is three levels deep; what lies deeper was signed by nobody. */
const depthMax = 6;
/** An assertion with the longest fields that its contract takes has some 21,000 characters. */
const lengthMax = 24_000;

/** Indented JSON of a bounded depth and length; cuts are marked with an ellipsis. Pure. */
export function printEvidence(value: unknown): string {
  const text = JSON.stringify(cut(value, 0), null, 2);
  return text.length <= lengthMax
    ? text
    : `${text.slice(0, lengthMax)}… (${text.length - lengthMax} more characters are on record)`;
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === depthMax) return '…';
  if (Array.isArray(value)) return value.map((entry) => cut(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, cut(entry, depth + 1)]),
  );
}
