/** Does the same for each of several things, so that one that fails keeps none of the others back. */

/**
 * @param nameOf names a thing in the error.
 * @throws Error that names those that failed, with the first fault as its cause, after all have had
 * their turn.
 */
export async function eachApart<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const failed: { name: string; fault: unknown }[] = [];
  for (const thing of things) {
    try {
      await work(thing);
    } catch (fault) {
      failed.push({ name: nameOf(thing), fault });
    }
  }
  const [first] = failed;
  if (first)
    throw new Error(`Failed for ${failed.map(({ name }) => name).join(', ')}.`, {
      cause: first.fault,
    });
}
