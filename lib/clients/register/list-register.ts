import type { Tx } from '#lib/platform/db/transaction.ts';
import { casesTakenBack } from '../outcomes/taken-back.ts';
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
  /** Ids of those of which something that was paid was taken back; they are open, whatever their last step. */
  takenBack: ReadonlySet<string>;
  next: string | null;
};

/** Registers whose cases end by journals that pay. */
const paying: ReadonlySet<Register> = new Set(['loss', 'rights-event']);

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
  const takenBack = paying.has(register) ? await casesTakenBack(tx, register) : new Set<string>();
  const without = [...takenBack];
  const open = from
    ? []
    : [
        ...(await loadCases(tx, { register, only: 'ended', ids: without, limit: openMax })),
        ...(await loadCases(tx, { register, only: 'open', limit: openMax + 1 })),
      ];
  const ended = await loadCases(tx, {
    register,
    only: 'ended',
    without,
    limit: perPage + 1,
    ...(from ? { before: from } : {}),
  });
  const { page, next } = pageOf(ended, perPage);
  return {
    open: open.slice(0, openMax),
    hasMoreOpen: open.length > openMax,
    ended: page,
    takenBack,
    next,
  };
}
