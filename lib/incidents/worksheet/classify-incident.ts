import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from '../desk/act-on-incident.ts';
import { about } from '../desk/form-fields.ts';
import { readTexts } from '../desk/texts.ts';
import { assess, summaryOf } from './assess.ts';
import { calledMajorBy } from './called-major-by.ts';

const form = z.strictObject({
  ...about,
  verdict: z.enum(['major', 'not-major', 'reclassified'], 'Say what you decide.'),
  reasons: textField,
});

/**
 * A person decides whether the incident is major, on the facts as they stand. The moment of the decision is what
 * reports call its classification (field 2.3), and starts the clock; it can't be put back. Being more careful
 * than the worksheet is a person's right, being less careful is not: who thinks a fact wrong corrects the fact.
 * An incident that never was major is reclassified by somebody else than who called it major (ITS 2025/302 Art 5).
 */
export async function classifyIncidentFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, verdict, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return actOnIncident(actor, context, {
    scope: 'incident:classify',
    id,
    seen,
    kind: 'classified',
    draw: ({ standing, sort, events }) => {
      const { major, rules: _, ...said } = summaryOf(assess(sort, standing.facts));
      const word = sort === 'threat' ? 'significant' : 'major';
      if (verdict === standing.class) return refuse('as-it-is', 'This was decided already.');
      if (verdict !== 'reclassified' && standing.class === 'major')
        return refuse(
          'is-major',
          `It was classified as ${word}. If it never was, another person reclassifies it.`,
        );
      if (verdict !== 'major' && major)
        return refuse(
          'worksheet-disagrees',
          `By the facts as they stand it is ${word}. Correct the fact that is wrong, with its evidence, then decide.`,
        );
      const maker = calledMajorBy(events);
      if (verdict === 'reclassified' && (standing.class !== 'major' || maker === actor.personId))
        return standing.class === 'major'
          ? refuse('same-person', `You called it ${word}. Another person reclassifies it.`)
          : refuse('not-now', `Only what was classified as ${word} is reclassified.`);
      const computed = major ? ('major' as const) : ('not-major' as const);
      return ok({ facts: { verdict, computed, ...said }, texts: texts.texts });
    },
  });
}
