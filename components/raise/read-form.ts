import type { SubmitEvent } from 'react';

/** The texts of a form by field name; files and repeated fields are none of ours. */
export function formTexts(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

export type FieldErrors = Record<string, string>;

/** Puts the focus on the first field of the form that has an error. */
export function focusFirstError(form: HTMLFormElement, errors: FieldErrors) {
  const wrong = [...form.elements].find(
    (element) => 'name' in element && typeof element.name === 'string' && element.name in errors,
  );
  if (wrong instanceof HTMLElement) wrong.focus();
}

/** Puts the focus on the first field of the form, or on its button where it has none. */
export function focusFirstField(form: HTMLFormElement) {
  form.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
}

/**
 * Takes a submit over from the browser: reads the texts, checks them, and calls `send` only when no
 * field is wrong. What was typed stays in the fields whatever happens.
 */
export function submitChecked(
  event: SubmitEvent<HTMLFormElement>,
  find: (texts: Record<string, string>) => FieldErrors,
  show: (errors: FieldErrors) => void,
  send: (texts: Record<string, string>) => void,
) {
  event.preventDefault();
  const form = event.currentTarget;
  const texts = formTexts(form);
  const errors = find(texts);
  show(errors);
  if (Object.keys(errors).length === 0) send(texts);
  else focusFirstError(form, errors);
}
