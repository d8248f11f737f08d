/** What happens to a sub-custodian: clients are informed, it is checked again, it ends. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import {
  dayField,
  findAhead,
  readForm,
  seenField,
  startOfDay,
  textField,
} from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import type { Facts } from '../register/open-case.ts';
import { takeStep } from '../register/take-step.ts';
import { readTexts, type Texts } from '../register/texts.ts';

type Moved = Promise<Result<{ seq: number }>>;

const about = { id: caseField, seen: seenField };
const information = z.strictObject({ ...about, note: textField });
const check = z.strictObject({
  ...about,
  authorised: z.enum(['custody', 'other', 'none'], 'Say what the register of the authority says.'),
  dueDiligenceOn: dayField('the day of the newest due diligence'),
  note: textField,
});
const end = z.strictObject({ ...about, reasons: textField });

/** Clients were informed that it keeps assets of theirs. */
export async function informOfSubCustodian(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(information, input);
  if (!read.ok) return read;
  const texts = readTexts({ note: read.form.note });
  if (!texts.ok) return texts;
  return move(actor, context, { ...read.form, step: 'informed', facts: {}, texts: texts.texts });
}

/** Its authorisation was looked up again; that it has none any more is recorded like any other finding. */
export async function checkSubCustodian(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(check, input);
  if (!read.ok) return read;
  const { authorised, dueDiligenceOn, note } = read.form;
  const ahead = findAhead('The due diligence', startOfDay(dueDiligenceOn), context.clock());
  if (ahead) return ahead;
  const texts = readTexts({ note });
  if (!texts.ok) return texts;
  const facts = { authorised: authorised === 'custody', dueDiligenceOn };
  return move(actor, context, { ...read.form, step: 'checked', facts, texts: texts.texts });
}

/** It keeps nothing any more. */
export async function endSubCustodian(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(end, input);
  if (!read.ok) return read;
  const texts = readTexts({ reasons: read.form.reasons });
  if (!texts.ok) return texts;
  return move(actor, context, { ...read.form, step: 'ended', facts: {}, texts: texts.texts });
}

type Move = {
  id: string;
  seen: number;
  step: 'informed' | 'checked' | 'ended';
  facts: Facts;
  texts: Texts;
};

function move(actor: Actor, context: Context, { id, seen, step, facts, texts }: Move): Moved {
  return inTextTransaction(context.db, async (tx) => {
    const taken = await takeStep(tx, {
      register: 'sub-custodian',
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
