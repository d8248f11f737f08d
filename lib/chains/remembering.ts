/**
 * Remembers what a slow function of public values came to. What is asked for again is not worked out
 * again; the one that was asked for longest ago makes room. What throws is not kept.
 * @param max how many results are kept.
 * @returns a function of a name, which says all that the result depends on, and the work.
 */
export function remembering<T>(max: number): (name: string, work: () => T) => T {
  const kept = new Map<string, T>();
  return (name, work) => {
    const known = kept.get(name);
    const result = known ?? work();
    // A map goes by the order in which names were put in: this one goes to the end.
    kept.delete(name);
    kept.set(name, result);
    for (const oldest of kept.keys()) {
      if (kept.size <= max) break;
      kept.delete(oldest);
    }
    return result;
  };
}
