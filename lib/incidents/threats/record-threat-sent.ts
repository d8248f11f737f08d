import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from '../desk/act-on-incident.ts';
import { about } from '../desk/form-fields.ts';
import { readTexts } from '../desk/texts.ts';
import { awarenessOf } from '../limits/clocks-of.ts';
import { checkThreat, threatText } from '../report/threat-notification.ts';
import { loadThreatDraft } from './load-threat-draft.ts';

const form = z.strictObject({
  ...about,
  /** Version of the draft that was sent. */
  draft: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number),
  sentAt: minuteField('when it was sent'),
  to: textField,
});

const minuteMs = 60_000;

/**
 * Records that a threat was notified: when, to whom, and with which words, by the digest of their document. To whom
 * can be erased; that it was notified stays.
 */
export async function recordThreatSent(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, draft: version, sentAt, to } = read.form;
  const texts = readTexts({ 'sent-to': to });
  if (!texts.ok) return texts;
  return actOnIncident(actor, context, {
    scope: 'report:raise',
    id,
    seen,
    kind: 'threat-notified',
    draw: async (file, tx, at) => {
      if (file.sort !== 'threat') return refuse('incident-unknown', 'There is no such threat.');
      const ahead = findAhead('The time at which it was sent', sentAt, at);
      if (ahead) return ahead;
      // Both are entered to the minute.
      if (sentAt.getTime() + minuteMs <= Date.parse(awarenessOf(file)))
        return refuse('too-early', 'The time at which it was sent lies before it was noticed.');
      const draft = await loadThreatDraft(tx, id);
      if (draft?.values !== null && draft?.version !== version)
        return refuse(
          'draft-moved',
          'It was saved anew in the meantime. Look at it, then record that it was sent.',
        );
      if (!draft?.values) return refuse('no-draft', 'Save what was sent first.');
      const [fault] = checkThreat(draft.values).filter(({ severity }) => severity === 'blocking');
      if (fault) return refuse('breaks-rules', `Field ${fault.no}: ${fault.sentence}`);
      const digest = createHash('sha256')
        .update(threatText(draft.values, { number: file.number }))
        .digest('hex');
      return ok({
        facts: { sentAt: sentAt.toISOString(), draft: version, digest },
        texts: texts.texts,
      });
    },
  });
}
