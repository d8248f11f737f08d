import type { OperationPage } from '#lib/operations/list-operations.ts';
import { askedQuery } from '../ui/asked-query.ts';

export const operationsPath = '/operations';

/** Address of a page of operations under what was asked for. @param after cursor of the page before; null for the first. */
export const operationsAddress = (asked: OperationPage['asked'], after: string | null): string =>
  `${operationsPath}${askedQuery(asked, after === null ? undefined : ['after', after])}`;
