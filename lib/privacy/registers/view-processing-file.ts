/** The record of processing as a file for the authority (GDPR Art 30(4)), for whoever saves it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Ok, type Refused } from '#lib/platform/result.ts';
import { lacksReading } from '#lib/resilience/records/kind-scopes.ts';
import { loadProcessingRecord } from './load-processing-record.ts';
import type { ProcessingRecord } from './processing-record.ts';
import { processingPdf } from './render-processing-pdf.ts';
import { processingCsv, processingJson } from './render-processing-record.ts';

const formats = ['pdf', 'csv', 'json'] as const;
type Format = (typeof formats)[number];

const form = z.strictObject({ format: z.enum(formats, 'Choose PDF, CSV or JSON.') });

export type ProcessingFile = { name: string; bytes: Uint8Array };

/** Who takes it, in which form and with which digest is on record before the first byte leaves. */
export async function viewProcessingFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Ok<ProcessingFile> | Refused<'not-allowed' | 'form-invalid'>> {
  const refused = lacksReading(actor, 'privacy');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { format } = read.form;
  const at = context.clock();
  const record: ProcessingRecord = {
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    asOf: at.toISOString(),
    activities: await inSnapshot(context.db, loadProcessingRecord),
  };
  const bytes = await render(record, format);
  await inTransaction(context.db, (tx) =>
    appendAudit(tx, {
      kind: 'processing-record-exported',
      subject: 'record-of-processing',
      actor: actor.personId,
      at,
      facts: {
        format,
        activities: record.activities.length,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    }),
  );
  return ok({ name: `record-of-processing-${dayOf(at)}.${format}`, bytes });
}

async function render(record: ProcessingRecord, format: Format): Promise<Uint8Array> {
  switch (format) {
    case 'pdf':
      return processingPdf(record);
    case 'csv':
      return Buffer.from(processingCsv(record));
    case 'json':
      return Buffer.from(processingJson(record));
  }
}
