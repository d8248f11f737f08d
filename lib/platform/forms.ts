/** Reads what people send: every form field comes as text, and a wrong one is refused by its sentence. */
import { z } from 'zod';
import { isDay, isWithinReach } from './days.ts';
import { refuse, type Refused } from './result.ts';

const yearWords = (what: string): string =>
  `Give ${what} with its year in full, between 1900 and 2199.`;

/** A day as a browser's date field writes it. */
export const dayField = (what: string) =>
  z
    .string(`Give ${what}.`)
    .regex(/^\d{4}-\d{2}-\d{2}$/, `Give ${what} as a day, such as 2026-11-28.`)
    .refine(isDay, `${what[0]?.toUpperCase()}${what.slice(1)} is no day of the calendar.`)
    .refine(isWithinReach, yearWords(what));

/** A minute in UTC as a browser's date and time field writes it. @returns the instant. */
export const minuteField = (what: string) =>
  z
    .string(`Give ${what}.`)
    .regex(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/,
      `Give ${what} as day and time, such as 2026-11-28T14:05.`,
    )
    .refine((text) => isDay(text.slice(0, 10)) && Number.isFinite(Date.parse(`${text}Z`)), {
      error: `${what[0]?.toUpperCase()}${what.slice(1)} is no time of the calendar.`,
    })
    .refine((text) => isWithinReach(text.slice(0, 10)), yearWords(what))
    .transform((text) => new Date(`${text}Z`));

export const textField = z.string('Fill in every field.').max(20_000, 'This text is too long.');
export const seenField = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform((text) => Number.parseInt(text, 10));

/** The form's values, or a refusal with the sentence of the first field that is wrong. */
export function readForm<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { ok: true; form: z.output<S> } | Refused<'form-invalid'> {
  const asked = schema.safeParse(input);
  if (asked.success) return { ok: true, form: asked.data };
  const said = asked.error.issues[0];
  const isOurs = said !== undefined && /^[A-Z].*\.$/.test(said.message);
  return refuse(
    'form-invalid',
    isOurs ? said.message : `Something is missing or not as asked: ${said?.path.join(' ') ?? ''}.`,
  );
}

/** A day that lies ahead is refused where something has happened. @param what begins the sentence. */
export function findAhead(what: string, at: Date, now: Date): Refused<'in-the-future'> | null {
  return at > now ? refuse('in-the-future', `${what} lies ahead. Put when it happened.`) : null;
}

export { startOfDay } from './days.ts';
