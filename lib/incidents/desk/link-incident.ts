/** What an incident touches: operations, breaks, assets, providers and what else the console knows. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from './act-on-incident.ts';
import { about } from './form-fields.ts';
import { linkKinds, type LinkKind } from './life.ts';
import { resolveLink } from './resolve-link.ts';

const form = z.strictObject({
  id: about.id,
  kind: z.enum(Object.keys(linkKinds) as [LinkKind, ...LinkKind[]], 'Choose what it is linked to.'),
  ref: z.string().trim().min(1, 'Give its number.').max(100, 'This is no number.'),
});
const linksMax = 200;

/** Links by the number that people read; what is not on record is refused. */
export async function linkIncident(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, kind, ref } = read.form;
  return actOnIncident(actor, context, {
    scope: 'incident:work',
    id,
    seen: null,
    kind: 'linked',
    draw: async ({ standing, number }, tx) => {
      const found = await resolveLink(tx, kind, ref);
      if (found === null)
        return refuse('link-unknown', `No ${linkKinds[kind].toLowerCase()} ${ref} is on record.`);
      if (kind === 'incident' && found === number)
        return refuse('link-self', 'An incident is not linked to itself.');
      if (standing.links.some((link) => link.kind === kind && link.ref === found))
        return refuse('link-there', 'It is linked already.');
      if (standing.links.length >= linksMax)
        return refuse('too-many', `An incident has at most ${linksMax} links.`);
      return ok({ facts: { links: [{ kind, ref: found }] } });
    },
  });
}

export async function unlinkIncident(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, kind, ref } = read.form;
  return actOnIncident(actor, context, {
    scope: 'incident:work',
    id,
    seen: null,
    kind: 'unlinked',
    draw: ({ standing }) =>
      standing.links.some((link) => link.kind === kind && link.ref === ref)
        ? ok({ facts: { kind, ref } })
        : refuse('link-unknown', 'There is no such link.'),
  });
}
