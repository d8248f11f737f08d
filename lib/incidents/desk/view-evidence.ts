import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openBytesOf, readText, standsForText } from '#lib/audit/sealed-text.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

export type EvidenceFile = { name: string; mediaType: string; bytes: Uint8Array };

/** A file of evidence, to be saved. That it was read stands in the audit trail. */
export async function viewEvidence(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<EvidenceFile>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const id = z.uuid().safeParse(input.id);
  const unknown = () => refuse('evidence-unknown', 'There is no such file.');
  if (!id.success) return unknown();
  return inTextTransaction(context.db, async (tx) => {
    const row = await tx.incidentEvidence.findUnique({
      where: { id: id.data },
      include: {
        event: { select: { incident: { select: { number: true } }, texts: true } },
      },
    });
    if (!row) return unknown();
    const [bytes = null] = await openBytesOf('incident_evidence', [{ ...row, redacted: null }]);
    if (bytes === null)
      return refuse('evidence-erased', 'This file was erased. Its digest stays on record.');
    await appendAudit(tx, {
      kind: 'incident-evidence-read',
      subject: row.event.incident.number,
      actor: actor.personId,
      at: context.clock(),
      facts: { evidence: row.id, sha256: row.sha256 },
    });
    const named = row.event.texts.find(({ field }) => field === 'file-name') ?? null;
    const name = await readText(tx, 'incident_text', named);
    return ok({
      name: name === null || standsForText(name) ? row.id : name,
      mediaType: row.mediaType,
      bytes,
    });
  });
}
