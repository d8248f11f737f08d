/** What use cases answer: a value, or a refusal that a person can understand and act on. */

export type Ok<T> = { ok: true; value: T };
export type Refused<C extends string = string> = {
  ok: false;
  refusal: {
    code: C;
    sentence: string;
    /** Name of the form's field that it is about, where it is about one. */
    field?: string;
  };
};
export type Result<T, C extends string = string> = Ok<T> | Refused<C>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/**
 * A refusal: what happened and what to do, in one or two plain sentences.
 * @param field of the form, by name, for a screen to show the sentence there.
 */
export const refuse = <C extends string>(
  code: C,
  sentence: string,
  field?: string,
): Refused<C> => ({
  ok: false,
  refusal: field === undefined ? { code, sentence } : { code, sentence, field },
});
