/** The short acts at the desk: acknowledging, triaging, assigning, noting, closing and what undoes it. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from './act-on-incident.ts';
import { findUnfinished } from './closing.ts';
import { findNoAssignee } from './find-person.ts';
import { about, maybePerson } from './form-fields.ts';
import { categories, type Category } from './life.ts';
import { findKept } from './kept.ts';
import { readTexts } from './texts.ts';

type Moved = Promise<Result<{ seq: number }>>;
const scope = 'incident:work';

/** Somebody is on it. What escalates for want of an answer stops. */
export async function acknowledgeIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(z.strictObject(about), input);
  if (!read.ok) return read;
  const draw = () => ok({ facts: {} });
  return actOnIncident(actor, context, { scope, ...read.form, kind: 'acknowledged', draw });
}

const triage = z.strictObject({
  ...about,
  severity: z.enum(['1', '2', '3', '4'], 'Choose how severe it is.').transform(Number),
  category: z.enum(Object.keys(categories) as [Category, ...Category[]], 'Choose what kind it is.'),
  reasons: textField,
});

/** How severe it is and of which kind, with the reasons. */
export async function triageIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(triage, input);
  if (!read.ok) return read;
  const { id, seen, severity, category, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const draw = () => ok({ facts: { severity, category }, texts: texts.texts });
  return actOnIncident(actor, context, { scope, id, seen, kind: 'triaged', draw });
}

const assignment = z.strictObject({ ...about, to: maybePerson });

/** Who answers for it from now on; an empty field is nobody. */
export async function assignIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(assignment, input);
  if (!read.ok) return read;
  const { id, seen, to } = read.form;
  return actOnIncident(actor, context, {
    scope,
    id,
    seen,
    kind: 'assigned',
    draw: async (file, tx) => {
      const unknown = await findNoAssignee(tx, to);
      if (unknown) return unknown;
      if (file.standing.assignee === to)
        return refuse('as-it-is', 'It is assigned like that already.');
      return ok({ facts: { to } });
    },
  });
}

const note = z.strictObject({ id: about.id, note: textField });

/** A line in the timeline. Nothing that comes between changes what it says. */
export async function noteIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(note, input);
  if (!read.ok) return read;
  const texts = readTexts({ note: read.form.note });
  if (!texts.ok) return texts;
  const draw = () => ok({ facts: {}, texts: texts.texts });
  return actOnIncident(actor, context, {
    scope,
    id: read.form.id,
    seen: null,
    kind: 'noted',
    draw,
  });
}

const retitling = z.strictObject({ ...about, title: textField });

export async function retitleIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(retitling, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const texts = readTexts({ title: read.form.title });
  if (!texts.ok) return texts;
  const draw = () => ok({ facts: {}, texts: texts.texts });
  return actOnIncident(actor, context, { scope, id, seen, kind: 'retitled', draw });
}

const withReasons = z.strictObject({ ...about, reasons: textField });

/** Nothing is left to do. Refused while something is, by name. */
export async function closeIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(withReasons, input);
  if (!read.ok) return read;
  const { id, seen, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return actOnIncident(actor, context, {
    scope,
    id,
    seen,
    kind: 'closed',
    draw: (file) => {
      const unfinished = findUnfinished(file);
      return unfinished === null
        ? ok({ facts: {}, texts: texts.texts })
        : refuse('unfinished', unfinished);
    },
  });
}

export async function reopenIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(withReasons, input);
  if (!read.ok) return read;
  const { id, seen, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const draw = () => ok({ facts: {}, texts: texts.texts });
  return actOnIncident(actor, context, { scope, id, seen, kind: 'reopened', draw });
}

const dropping = z.strictObject({
  ...about,
  as: z.enum(['no-incident', 'duplicate'], 'Say why it is dropped.'),
  of: z
    .literal('')
    .transform(() => null)
    .or(z.string().regex(/^(?:INC|TH)-\d{4}-\d{6,10}$/, 'Give the number of the other one.')),
  reasons: textField,
});

/**
 * It was no incident, or it is the same as another. It stays on record. Its limits stop with it, so it is for people
 * who decide, and not for what is major by its facts or what the authority knows of.
 */
export async function dropIncident(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(dropping, input);
  if (!read.ok) return read;
  const { id, seen, as, of, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return actOnIncident(actor, context, {
    scope: 'incident:classify',
    id,
    seen,
    kind: 'dropped',
    draw: async (file, tx) => {
      const kept = findKept(file);
      if (kept) return kept;
      if (as === 'no-incident') return ok({ facts: { as, of: null }, texts: texts.texts });
      const other =
        of === null
          ? null
          : await tx.incident.findUnique({
              where: { number: of },
              select: { id: true, standing: { select: { state: true } } },
            });
      if (other === null || other.id === id)
        return refuse('other-unknown', 'Give the number of the incident that it is the same as.');
      if (other.standing?.state === 'dropped')
        return refuse('other-dropped', `${of} was dropped itself. Reopen it, or give another.`);
      return ok({ facts: { as, of }, texts: texts.texts });
    },
  });
}
