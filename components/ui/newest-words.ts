/**
 * What a list that shows only its newest rows holds, as its foot says it. Pure.
 * @param of.shown as many rows as the page shows at most.
 */
export function newestWords(
  count: number,
  of: { shown: number; one: string; many: string },
): string {
  if (count >= of.shown)
    return `The newest ${of.shown} ${of.many}. Every one stays under Operations.`;
  return count === 1 ? `1 ${of.one}.` : `${count} ${of.many}.`;
}
