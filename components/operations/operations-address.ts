import type { OperationPage } from '#lib/operations/list-operations.ts';

export const operationsPath = '/operations';

/** Address of a page of operations under what was asked for. @param after cursor of the page before; null for the first. */
export function operationsAddress(asked: OperationPage['asked'], after: string | null): string {
  const query = new URLSearchParams(asked);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? operationsPath : `${operationsPath}?${text}`;
}
