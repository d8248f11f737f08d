/** The order in which things are made that name one another. Pure. */

/**
 * Each after all that it needs; needs that are none of the items are passed over.
 * @returns those in order, and those that need one another in a ring, or need one of a ring.
 */
export function orderByNeeds(needs: ReadonlyMap<string, readonly string[]>): {
  order: string[];
  rings: string[];
} {
  const open = new Map<string, number>();
  const neededBy = new Map<string, string[]>();
  for (const [item, all] of needs) {
    const known = new Set(all.filter((one) => needs.has(one)));
    open.set(item, known.size);
    for (const one of known) neededBy.set(one, [...(neededBy.get(one) ?? []), item]);
  }
  const order = [...open].filter(([, count]) => count === 0).map(([item]) => item);
  // Grows while it is walked: what is placed may free others.
  for (const placed of order)
    for (const item of neededBy.get(placed) ?? []) {
      const left = (open.get(item) ?? 0) - 1;
      open.set(item, left);
      if (left === 0) order.push(item);
    }
  return { order, rings: [...open].filter(([, count]) => count > 0).map(([item]) => item) };
}
