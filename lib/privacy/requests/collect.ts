import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { about, actOnRequest } from './act-on-request.ts';

const form = z.strictObject({
  ...about,
  system: z.string().max(60),
  found: z
    .string()
    .regex(/^\d{1,8}$/, 'Give how many records were found.')
    .transform(Number),
  digest: z
    .literal('')
    .transform(() => null)
    .or(z.string().regex(/^[0-9a-f]{64}$/, 'This is no SHA-256.')),
});

/**
 * What one system holds of the person was collected. Again for the same system replaces what was said of it.
 * @param systems those that are registered to be searched.
 */
export async function collectFrom(
  actor: Actor,
  input: unknown,
  context: Context,
  systems: readonly string[],
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, ...facts } = read.form;
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'collected',
    draw: ({ standing }) => {
      if (!systems.includes(facts.system))
        return refuse('system-unknown', 'This system is not registered to be searched.');
      return standing.person === null
        ? refuse('not-identified', 'Choose the person whom it is about first.')
        : ok(facts);
    },
  });
}
