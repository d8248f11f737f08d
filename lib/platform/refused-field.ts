/** Refusals of a form that say which of its fields they are about. Pure. */
import type { ZodError } from 'zod';
import { refuse, type Refused } from './result.ts';

/** The first thing that a schema has against a form. */
export function formInvalid({ issues: [first] }: ZodError): Refused<'form-invalid'> {
  const name = first?.path[0];
  return refuse(
    'form-invalid',
    first?.message ?? 'Check the form.',
    typeof name === 'string' ? name : undefined,
  );
}

/** The same refusal, about a field. */
export const about = <C extends string>(field: string, { refusal }: Refused<C>): Refused<C> =>
  refuse(refusal.code, refusal.sentence, field);
