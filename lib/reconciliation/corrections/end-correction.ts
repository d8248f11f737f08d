/** Ends a correction without a journal: nothing of the books moves. */
import { keysRefusal, type KeysRefusal } from '#lib/persons/keys-refusal.ts';
import { keepText, type KeptText } from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { correctionUnknown, findEnd, type EndedRefusal } from './correction-row.ts';
import { samePerson } from './prepare-correction.ts';
import { recordEvent, tellOfStep, type CorrectionStep } from './record-step.ts';

export type EndRefusal =
  | EndedRefusal
  | 'correction-unknown'
  | 'same-person'
  | 'not-raiser'
  | KeysRefusal;

type End = { id: string; what: 'declined' | 'withdrawn'; by: string; text: string | null };

export async function endCorrection(
  { text, ...end }: End,
  context: Pick<Context, 'db' | 'clock'>,
): Promise<Result<{ number: string }, EndRefusal>> {
  return keysRefusal(async () => {
    const note = text === null ? null : await keepText(context.db, 'ledger_correction_note', text);
    return endWith({ ...end, note }, context);
  });
}

function endWith(
  { id, what, by, note }: Omit<End, 'text'> & { note: KeptText | null },
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<{ number: string }, EndRefusal>> {
  const at = clock();
  return inTransaction(db, async (tx) => {
    await tx.$queryRaw`select id from ledger_correction where id = ${id}::uuid for no key update`;
    const row = await tx.ledgerCorrection.findUnique({ where: { id } });
    if (!row) return correctionUnknown();
    const ended = findEnd(row, at);
    if (ended) return ended;
    const isOwn = row.raisedBy === by;
    if (what === 'declined' && isOwn) return samePerson();
    if (what === 'withdrawn' && !isOwn)
      return refuse('not-raiser', 'Only who raised it can withdraw it. You can decline it.');
    const step: CorrectionStep = { what, by, at, note, signed: null };
    await tx.ledgerCorrection.update({
      where: { id },
      data: { state: what, endedBy: by, endedAt: at },
      select: { id: true },
    });
    await recordEvent(tx, id, step);
    await tellOfStep(tx, row, step);
    return ok({ number: row.number });
  });
}
