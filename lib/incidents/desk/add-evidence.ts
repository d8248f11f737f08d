import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sealBytes } from '#lib/audit/sealed-text.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from './act-on-incident.ts';
import { evidenceLimits, readEvidenceFile } from './evidence-file.ts';
import { incidentField } from './form-fields.ts';
import { readTexts } from './texts.ts';

const form = z.strictObject({
  id: incidentField,
  name: z.string('The file has no name.').max(400, 'Give the file a shorter name.'),
  bytes: z.instanceof(Uint8Array),
});

/** Keeps a file with an incident. The same file is kept once; its digest stays when it is erased. */
export async function addEvidence(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  // Before a file is unfolded for somebody who may not bring one.
  const refused = lacksScope(actor, 'incident:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id: incident, name, bytes } = read.form;
  const taken = readEvidenceFile(name, bytes);
  if (!taken.ok) return taken;
  const texts = readTexts({ 'file-name': name.normalize('NFC').trim() });
  if (!texts.ok) return texts;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { mediaType } = taken.value;
  const size = bytes.length;
  const id = randomUUID();
  return actOnIncident(actor, context, {
    scope: 'incident:work',
    id: incident,
    seen: null,
    kind: 'evidence-added',
    draw: ({ events }) => {
      const files = events.filter(({ kind }) => kind === 'evidence-added');
      if (files.some((file) => file.kind === 'evidence-added' && file.facts.sha256 === sha256))
        return refuse('file-there', 'This very file is kept with the incident already.');
      if (files.length >= evidenceLimits.files)
        return refuse('too-many', `An incident has at most ${evidenceLimits.files} files.`);
      return ok({ facts: { id, mediaType, size, sha256 }, texts: texts.texts });
    },
    write: async ({ tx, seq }) => {
      const [sealed] = await sealBytes('incident_evidence', [
        { bytes: new Uint8Array(bytes), salt: null },
      ]);
      if (!sealed) throw new Error('The key service sealed nothing.');
      await tx.incidentEvidence.create({
        data: {
          id,
          incidentId: incident,
          seq,
          mediaType,
          size,
          sha256,
          ...sealed,
        },
        select: { id: true },
      });
    },
  });
}
