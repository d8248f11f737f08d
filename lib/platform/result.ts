/** What use cases answer: a value, or a refusal that a person can understand and act on. */

export type Ok<T> = { ok: true; value: T };
export type Refused<C extends string = string> = {
  ok: false;
  refusal: { code: C; sentence: string };
};
export type Result<T, C extends string = string> = Ok<T> | Refused<C>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** A refusal: what happened and what to do, in one or two plain sentences. */
export const refuse = <C extends string>(code: C, sentence: string): Refused<C> => ({
  ok: false,
  refusal: { code, sentence },
});
