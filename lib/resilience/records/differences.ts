/** What changed between two versions of a record, field by field. Pure, for screens too. */

export type Difference = { field: string; before: string | null; after: string | null };

/** Differences beyond this are counted, not listed. */
export const differencesMax = 200;

/** Values of facts by path, such as `uses.2.function`; what is null or an empty list is left out. */
export function flatten(value: unknown, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  const add = (of: unknown, at: string): void => {
    if (of === null || of === undefined) return;
    if (typeof of !== 'object') {
      flat.set(at, typeof of === 'string' ? of : JSON.stringify(of));
      return;
    }
    for (const [key, inner] of Object.entries(of)) add(inner, at === '' ? key : `${at}.${key}`);
  };
  add(value, path);
  return flat;
}

/** @returns at most `differencesMax` of them, and how many there are. */
export function differencesOf(
  before: unknown,
  after: unknown,
): { shown: Difference[]; count: number } {
  const was = flatten(before);
  const is = flatten(after);
  const all: Difference[] = [];
  for (const [field, text] of was)
    if (is.get(field) !== text) all.push({ field, before: text, after: is.get(field) ?? null });
  for (const [field, text] of is)
    if (!was.has(field)) all.push({ field, before: null, after: text });
  return { shown: all.slice(0, differencesMax), count: all.length };
}
