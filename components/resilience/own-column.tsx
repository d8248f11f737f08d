import type { ReactNode } from 'react';
import type { RecordLine } from '#lib/resilience/records/list-records.ts';

/** A column of a list that only one kind of record has. */
export type Own = {
  id: string;
  head: string;
  align?: 'end';
  cell: (facts: never, row: RecordLine) => ReactNode;
};

/** A column of facts of one kind: what a list holds was read by that kind's own schema. */
export const own = <F,>(
  id: string,
  head: string,
  cell: (facts: F, row: RecordLine) => ReactNode,
  align?: 'end',
): Own => ({ id, head, cell, ...(align ? { align } : {}) });
