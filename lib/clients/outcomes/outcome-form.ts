import { z } from 'zod';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { caseField, seenField } from '../register/forms.ts';

/** Which journal hands out what is due. */
export const byJournal = z.strictObject({
  id: caseField,
  seen: seenField,
  journal: z
    .string('Give the number of the journal.')
    .trim()
    .regex(/^[1-9]\d{0,17}$/, 'Give the number of the journal, as its page shows it.')
    .transform(BigInt),
});

/** A journal that can pay what came about at `since`. */
export async function findPayingJournal(
  tx: Tx,
  journal: bigint,
  since: Date,
): Promise<Result<bigint, 'journal-unknown' | 'journal-before'>> {
  const found = await tx.journal.findUnique({
    where: { id: journal },
    select: { id: true, postedAt: true },
  });
  if (!found) return refuse('journal-unknown', `The books have no journal ${journal}.`);
  return found.postedAt < since
    ? refuse('journal-before', `Journal ${journal} was booked before this came about.`)
    : ok(found.id);
}

export const paysNothing = (journal: bigint, what: string) =>
  refuse(
    'journal-pays-nothing',
    `Journal ${journal} has no line that credits anybody here with exactly ${what} and that pays nothing else. Compare its lines with the amounts below.`,
  );
