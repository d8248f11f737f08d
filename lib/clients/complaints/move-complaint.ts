/** What is done about a complaint: acknowledging it, announcing a delay, deciding it. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { dayField, readForm, seenField, startOfDay, textField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { loadCase } from '../register/load-cases.ts';
import type { Facts } from '../register/open-case.ts';
import { takeStep } from '../register/take-step.ts';
import { readTexts, type Texts } from '../register/texts.ts';
import { answersInLanguage } from './complaint.ts';
import { complaintFacts } from './complaint-view.ts';
import { languages, outcomes, type Language } from './words.ts';

type Moved = Promise<Result<{ seq: number }>>;

const about = { id: caseField, seen: seenField };
const language = z.enum(keysOf(languages), 'Choose the language of the answer.');
const acknowledgement = z.strictObject({ ...about, language });
const delay = z.strictObject({
  ...about,
  until: dayField('the day by which the answer comes'),
  reasons: textField,
});
const decision = z.strictObject({
  ...about,
  outcome: z.enum(keysOf(outcomes), 'Choose the outcome.'),
  language,
  reasons: textField,
});

/** Receipt was acknowledged to who complained, in the language of the complaint. */
export async function acknowledgeComplaint(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(acknowledgement, input);
  if (!read.ok) return read;
  const facts = { language: read.form.language };
  return move(actor, context, { ...read.form, step: 'acknowledged', facts, texts: {} });
}

/** Who complained was told that it takes longer, why, and until when. */
export async function delayComplaint(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(delay, input);
  if (!read.ok) return read;
  const { id, seen, until, reasons } = read.form;
  if (startOfDay(until) <= context.clock())
    return refuse('day-passed', 'Put a day that lies ahead.');
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return move(actor, context, { id, seen, step: 'delayed', facts: { until }, texts: texts.texts });
}

/** Decides a complaint with reasons; for another person than took it in. */
export async function decideComplaint(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(decision, input);
  if (!read.ok) return read;
  const { reasons, outcome } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const facts = { outcome, language: read.form.language };
  return move(actor, context, { ...read.form, step: 'decided', facts, texts: texts.texts });
}

type Move = {
  id: string;
  seen: number;
  language?: Language;
  step: 'acknowledged' | 'delayed' | 'decided';
  facts: Facts;
  texts: Texts;
};

function move(
  actor: Actor,
  context: Context,
  { id, seen, language: answer, step, facts, texts }: Move,
): Moved {
  return inTextTransaction(context.db, async (tx) => {
    const complaint = await loadCase(tx, 'complaint', id);
    if (
      complaint &&
      answer !== undefined &&
      !answersInLanguage(complaintFacts.parse(complaint.facts), answer)
    )
      return refuse(
        'other-language',
        'The answer is in another language than the complaint. Answer in the language in which it was made.',
      );
    const taken = await takeStep(tx, {
      register: 'complaint',
      caseId: id,
      seen,
      step,
      facts,
      texts,
      by: actor.personId,
      at: context.clock(),
    });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}
