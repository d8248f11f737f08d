import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Case } from './cases.ts';
import { loadCases } from './load-cases.ts';
import { pageOf, readCursor } from './page-of.ts';
import type { Register } from './registers.ts';

export type RegisterPage = {
  /** All that wait for something; on the first page only. */
  open: Case[];
  /** True when there are more open ones than are shown. */
  hasMoreOpen: boolean;
  ended: Case[];
  next: string | null;
};

const openMax = 200;
const perPage = 50;

/**
 * A register as its page shows it: what is open, and what has ended a page at a time.
 * @param before where the page before ended; anything else starts at the newest.
 */
export async function listRegister(
  tx: Tx,
  register: Register,
  before: string | null,
): Promise<RegisterPage> {
  const from = readCursor(before);
  const open = from ? [] : await loadCases(tx, { register, only: 'open', limit: openMax + 1 });
  const ended = await loadCases(tx, {
    register,
    only: 'ended',
    limit: perPage + 1,
    ...(from ? { before: from } : {}),
  });
  const { page, next } = pageOf(ended, perPage);
  return {
    open: open.slice(0, openMax),
    hasMoreOpen: open.length > openMax,
    ended: page,
    next,
  };
}
