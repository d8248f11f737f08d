import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readInstant } from '../report/knowledge.ts';
import { reportPdf } from '../report/render-pdf.ts';
import { reportWorkbook } from '../report/render-xlsx.ts';
import { downloadReport, type ReportFileView } from './download-report.ts';

const formats = z.enum(['json', 'pdf', 'xlsx']);
type Format = z.infer<typeof formats>;

/** A report as a file: what is sent as JSON, or the same for people. */
export async function reportFile(
  actor: Actor,
  input: { id: string; format: string | null },
  context: Context,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  const format = formats.safeParse(input.format);
  if (!format.success)
    return refuse('format-unknown', 'A report is downloaded as json, pdf or xlsx.');
  const made = await downloadReport(actor, { id: input.id }, context);
  if (!made.ok) return made;
  const { incident, stage, releasedAt, digest } = made.value;
  const standing = releasedAt === null ? 'draft' : digest.slice(0, 8);
  return ok({
    name: `${incident}-${stage}-${standing}.${format.data}`,
    bytes: await bytesOf(made.value, format.data, context.clock()),
  });
}

async function bytesOf(
  { values, text, releasedAt }: ReportFileView,
  format: Format,
  now: Date,
): Promise<Uint8Array> {
  if (format === 'json') return new TextEncoder().encode(text);
  const print = {
    values,
    at: releasedAt ?? now.toISOString(),
    standing:
      releasedAt === null ? 'Draft, not released' : `Released on ${readInstant(releasedAt)}`,
  };
  return format === 'pdf' ? reportPdf(print) : reportWorkbook(print);
}
