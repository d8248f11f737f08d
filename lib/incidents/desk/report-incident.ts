import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { openFile } from './open-file.ts';
import { readTexts } from './texts.ts';

const form = z.strictObject({
  sort: z.enum(['incident', 'threat'], 'Say whether it happened or only threatens.'),
  detectedAt: minuteField('when it was noticed'),
  title: textField,
  description: textField,
});

/** Limits of what happened longer ago are over for good: it is a wrong year. */
const mostMs = 10 * 366 * 86_400_000;

/**
 * A person reports an incident, or a cyber threat (DORA Art 17(2): all of them are recorded). From the moment
 * it was noticed the entity is aware of it, and time limits may run.
 */
export async function reportIncident(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksScope(actor, 'incident:report');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { sort, detectedAt, title, description } = read.form;
  const now = context.clock();
  const ahead = findAhead('The time at which it was noticed', detectedAt, now);
  if (ahead) return ahead;
  if (now.getTime() - detectedAt.getTime() > mostMs)
    return refuse(
      'too-long-ago',
      'The time at which it was noticed lies more than ten years back. Check the year.',
    );
  const texts = readTexts({ title, description });
  if (!texts.ok) return texts;
  return inTextTransaction(context.db, async (tx) =>
    ok(
      await openFile(tx, {
        id: randomUUID(),
        sort,
        source: 'reported',
        openedAt: now,
        openedBy: actor.personId,
        detectedAt,
        links: [],
        texts: texts.texts,
        at: now,
      }),
    ),
  );
}
