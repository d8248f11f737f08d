import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentsTopic } from '../desk/append-event.ts';
import { incidentField } from '../desk/form-fields.ts';
import { lockIncident } from '../desk/load-incident.ts';
import { draftBounds } from '../report/draft-bounds.ts';
import { loadThreatDraft } from './load-threat-draft.ts';
import { threatValues } from './threat-values.ts';

const form = z.strictObject({
  id: incidentField,
  /** Version of the draft that was written on; 0 where there was none. */
  seen: z.int().min(0),
  values: threatValues,
});

/** Keeps what was written into the notification of a threat, as a new version; it may lack anything. */
export async function saveThreatDraft(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ version: number }>> {
  const refused = lacksScope(actor, 'report:raise');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, values } = read.form;
  const text = JSON.stringify(
    Object.fromEntries(Object.entries(values).filter(([, value]) => value.length > 0)),
  );
  if (Buffer.byteLength(text) > draftBounds.bytes)
    return refuse('too-large', 'Together these texts are longer than 1 MiB. Shorten them.');
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const file = await lockIncident(tx, id);
    if (file?.sort !== 'threat') return refuse('incident-unknown', 'There is no such threat.');
    const before = await loadThreatDraft(tx, id);
    if ((before?.version ?? 0) !== seen)
      return refuse(
        'draft-moved',
        'Somebody saved it in the meantime. Look at what stands here now, then save again.',
      );
    const version = seen + 1;
    if (version > draftBounds.versions)
      return refuse('too-many', `It was saved ${draftBounds.versions} times, which is the most.`);
    const kept = await keepText(tx, 'threat_draft', text);
    await tx.threatDraft.create({
      data: {
        incidentId: id,
        version,
        writtenBy: actor.personId,
        writtenAt: at,
        ...textColumns(kept),
      },
      select: { version: true },
    });
    await writeMentions(tx, 'threat_draft', [kept]);
    await appendAudit(tx, {
      kind: 'incident-report-drafted',
      subject: file.number,
      actor: actor.personId,
      at,
      facts: { threat: id, version, fields: Object.keys(values).length },
    });
    await publish(tx, { topic: incidentsTopic, id });
    return ok({ version });
  });
}
