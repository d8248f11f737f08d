/** Reading a register a page at a time: where a page ends is written into the address of the next. Pure. */
import { z } from 'zod';
import { instant } from '#lib/protocol/scalars.ts';
import type { Case } from './cases.ts';

const cursor = z
  .string()
  .max(80)
  .transform((text) => text.split('_'))
  .pipe(z.tuple([instant, z.uuid()]));

/** Where the page before ended; undefined for the first page and for what is no cursor. */
export function readCursor(text: string | null): { openedAt: Date; id: string } | undefined {
  const read = cursor.safeParse(text);
  return read.success ? { openedAt: new Date(read.data[0]), id: read.data[1] } : undefined;
}

/** @param cases one more than the page has when there is another page. */
export function pageOf(
  cases: readonly Case[],
  size: number,
): { page: Case[]; next: string | null } {
  const page = cases.slice(0, size);
  const last = page.at(-1);
  return { page, next: cases.length > size && last ? `${last.openedAt}_${last.id}` : null };
}
