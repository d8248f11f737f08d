'use server';

import { asVisitor } from '#lib/identity/current-actor.ts';
import type { Result } from '#lib/platform/result.ts';
import { submitForm, type Receipt } from './requests/submit-form.ts';

const names = ['right', 'name', 'email', 'message', 'forAnother', 'once'] as const;

export type FormState = {
  /** What was written, so that nothing is lost where it is refused; empty once it was taken. */
  given: Partial<Record<(typeof names)[number], string>>;
  answer: Result<Receipt> | null;
};

/** Takes the public form. It works without any script: the page is then drawn again with the answer. */
export async function submitRequestFormAction(
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const given = Object.fromEntries(
    names.flatMap((name) => {
      const value = form.get(name);
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
  const answer = await asVisitor((context) => submitForm(given, context));
  return { given: answer.ok ? {} : given, answer };
}
