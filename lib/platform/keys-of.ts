/** Keys of a table of words, for schemas and lists of choices. Pure, for screens too. */
export const keysOf = <K extends string>(words: Readonly<Record<K, unknown>>): [K, ...K[]] =>
  Object.keys(words) as [K, ...K[]];
