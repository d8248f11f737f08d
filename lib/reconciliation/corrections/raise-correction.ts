import type { z } from 'zod';
import { fromPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { correctionDigest, correctionDocument } from '#lib/protocol/correction.ts';
import { findGroundFault, type GroundRefusal } from './check-ground.ts';
import type { correctionPayload } from './issue-challenge.ts';
import { recordEvent, tellOfStep, type CorrectionStep, type SignedText } from './record-step.ts';
import type { CorrectionOutcome } from './submit-correction.ts';

type RaisePayload = Extract<z.infer<typeof correctionPayload>, { decision: 'raise' }>;

/** Puts a correction on record that its raiser has just signed, in the caller's transaction. */
export async function raiseCorrectionIn(
  tx: Tx,
  { payload, signed, at }: { payload: RaisePayload; signed: SignedText; at: Date },
): Promise<Result<CorrectionOutcome, GroundRefusal>> {
  const document = correctionDocument.parse(JSON.parse(payload.document));
  const breakId = document.break?.id ?? null;
  // Two corrections of one break meet here.
  if (breakId !== null)
    await tx.$queryRaw`select id from break_record where id = ${breakId}::uuid for no key update`;
  const fault = await findGroundFault(tx, document, at);
  if (fault) return fault;
  const row = await tx.ledgerCorrection.create({
    data: {
      id: document.correction,
      number: await nextNumber(tx),
      document: payload.document,
      digest: correctionDigest(document),
      corrects: document.corrects === null ? null : BigInt(document.corrects),
      breakId,
      raisedBy: document.raisedBy,
      raisedAt: at,
      expiresAt: document.expiresAt,
    },
  });
  const step: CorrectionStep = {
    what: 'raised',
    by: document.raisedBy,
    at,
    note: fromPayload(payload.note),
    signed,
  };
  await recordEvent(tx, row.id, step);
  await tellOfStep(tx, row, step, { corrects: document.corrects, break: breakId });
  return ok({ correction: row.id, number: row.number, journal: null });
}

async function nextNumber(tx: Tx): Promise<string> {
  const [numbered] = await tx.$queryRaw<{ number: string }[]>`
    select 'LC-' || lpad(nextval('ledger_correction_number')::text, 6, '0') as number`;
  if (!numbered) throw new Error('The database gave no number for a correction.');
  return numbered.number;
}
