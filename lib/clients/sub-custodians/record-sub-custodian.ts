import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { dayField, findAhead, readForm, startOfDay, textField } from '#lib/platform/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';
import { findUnauthorised, isLei, memberStates, type SubCustodianFacts } from './sub-custodian.ts';

const form = z.strictObject({
  name: textField,
  authorisation: textField,
  authorised: z.enum(['custody', 'other', 'none'], 'Say what the register of the authority says.'),
  memberState: z.enum(
    memberStates as [string, ...string[]],
    'Choose the Member State that authorised it.',
  ),
  lei: z.string().trim().max(20, 'A legal entity identifier has 20 characters.'),
  assets: z
    .string('Say what it keeps.')
    .transform((text) => text.split(/[\s,]+/).filter((code) => code !== ''))
    .pipe(
      z
        .array(
          z.string().regex(/^[A-Z0-9]{2,12}$/, 'Give assets by their codes, such as SOL, EUR.'),
        )
        .min(1, 'Say what it keeps.')
        .max(50, 'Give at most 50 assets.'),
    ),
  authorisationCheckedOn: dayField('the day on which the authorisation was looked up'),
  dueDiligenceOn: dayField('the day of the due diligence'),
  from: dayField('the day from which it keeps anything'),
});

/**
 * Takes another custodian into the register, before anything goes there (MiCA Art 75(9)). One that is not
 * authorised for custody is refused, and so is one whose papers are younger than its first day.
 */
export async function recordSubCustodian(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { authorised, memberState, lei, assets, authorisationCheckedOn, dueDiligenceOn, from } =
    read.form;
  const now = context.clock();
  const wrong =
    findUnauthorised(authorised) ??
    findAhead('The check of the authorisation', startOfDay(authorisationCheckedOn), now) ??
    findAhead('The due diligence', startOfDay(dueDiligenceOn), now);
  if (wrong) return wrong;
  if (from < authorisationCheckedOn || from < dueDiligenceOn)
    return refuse(
      'from-before-check',
      'Nothing goes there before its authorisation is looked up and its due diligence is done.',
    );
  if (lei !== '' && !isLei(lei))
    return refuse(
      'lei-invalid',
      'This is no legal entity identifier: its check digits are wrong. Copy it again, or leave it out.',
    );
  const texts = readTexts({ name: read.form.name, authorisation: read.form.authorisation });
  if (!texts.ok) return texts;
  const facts: SubCustodianFacts = {
    from,
    authorisationCheckedOn,
    dueDiligenceOn,
    memberState,
    lei: lei === '' ? null : lei,
    assets: [...new Set(assets)].toSorted(),
  };
  return inTextTransaction(context.db, async (tx) =>
    ok(
      await openCase(tx, {
        register: 'sub-custodian',
        client: null,
        facts,
        texts: texts.texts,
        by: actor.personId,
        at: now,
      }),
    ),
  );
}
