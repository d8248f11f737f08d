/** Documents that can't change any more, and what was found out about each of them once. */
const lasting = new WeakSet();

function freezeWhole(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeWhole(part);
}

/**
 * Freezes a document to its last part.
 * @param document plain data without cycles, as it comes from a schema.
 * @returns the same object.
 */
export function makeLasting<T extends object>(document: T): T {
  freezeWhole(document);
  lasting.add(document);
  return document;
}

/**
 * The same answers as `judge` gives, which must rest on its argument alone. About a document made
 * lasting it is asked once; about any other each time, since that one may have changed.
 */
export function askedOnce<T extends object, R>(judge: (of: T) => R): (of: T) => R {
  const answers = new WeakMap<T, { answer: R }>();
  return (of) => {
    const known = answers.get(of);
    if (known) return known.answer;
    const answer = judge(of);
    if (lasting.has(of)) answers.set(of, { answer });
    return answer;
  };
}
