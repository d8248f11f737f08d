import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from './act-on-incident.ts';
import { about } from './form-fields.ts';
import { DETAILED_CAUSES } from '../report/choices-causes.ts';
import { readTexts } from './texts.ts';

const form = z.strictObject({
  ...about,
  cause: z
    .string('Choose the root cause.')
    .refine(
      (cause) => DETAILED_CAUSES.some(({ value }) => value === cause),
      'Choose the root cause.',
    ),
  rootCause: textField,
  reaction: textField,
  forensics: textField,
  escalation: textField,
  communication: textField,
  lessons: textField,
});

/**
 * The review after an incident: its root cause, the four questions of DORA Art 13(2), and what was learnt.
 * What follows from it is added as actions.
 */
export async function reviewIncident(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, cause, rootCause, ...answers } = read.form;
  const texts = readTexts({ 'root-cause': rootCause, ...answers });
  if (!texts.ok) return texts;
  return actOnIncident(actor, context, {
    scope: 'incident:classify',
    id,
    seen,
    kind: 'reviewed',
    draw: ({ standing }) =>
      standing.state === 'new'
        ? refuse('not-now', 'Triage it first: a review looks back on what was done.')
        : ok({ facts: { cause, detailed: [], additional: [] }, texts: texts.texts }),
  });
}
