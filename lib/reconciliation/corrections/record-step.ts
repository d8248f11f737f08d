/** One step of a correction: its event, what was written and signed, and the audit entry. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { textColumns, writeMentions, type KeptText } from '#lib/persons/texts/keep-texts.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { AssertionJson } from '#lib/protocol/statement.ts';
import type { CorrectionRow } from './correction-row.ts';

/** A statement whose key press was verified. */
export type SignedText = { text: string; assertion: AssertionJson };

export type CorrectionStep = {
  what: 'raised' | 'approved' | 'declined' | 'withdrawn';
  by: string;
  at: Date;
  note: KeptText | null;
  signed: SignedText | null;
};

export async function recordEvent(
  tx: Tx,
  correction: string,
  { what, by, at, note, signed }: CorrectionStep,
): Promise<void> {
  const event = await tx.ledgerCorrectionEvent.create({
    data: { correctionId: correction, what, actor: by, at, commitment: note?.commitment ?? null },
    select: { id: true },
  });
  if (note) {
    await tx.ledgerCorrectionNote.create({
      data: { eventId: event.id, ...textColumns(note) },
      select: { eventId: true },
    });
    await writeMentions(tx, 'ledger_correction_note', [note]);
  }
  if (signed)
    await tx.ledgerCorrectionStatement.create({
      data: {
        eventId: event.id,
        document: signed.text,
        assertion: asJson(signed.assertion),
        credentialId: signed.assertion.id,
      },
      select: { eventId: true },
    });
}

/** The audit entry of a step, and the notice to whoever looks on. */
export async function tellOfStep(
  tx: Tx,
  row: Pick<CorrectionRow, 'id' | 'number' | 'digest' | 'breakId'>,
  step: CorrectionStep,
  facts: Readonly<Record<string, string | null>> = {},
): Promise<void> {
  await appendAudit(tx, {
    kind: 'correction-moved',
    subject: row.number,
    actor: step.by,
    at: step.at,
    facts: {
      what: step.what,
      correction: row.id,
      digest: row.digest,
      note: step.note?.commitment ?? null,
      credential: step.signed?.assertion.id ?? null,
      ...facts,
    },
  });
  await publish(tx, { topic: 'ledger', id: row.id });
  if (row.breakId !== null) await publish(tx, { topic: 'reconciliation', id: row.breakId });
}
