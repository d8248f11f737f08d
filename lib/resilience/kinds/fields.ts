/** The fields that records are made of, each with the sentence that says what is wrong. */
import { z } from 'zod';
import { isDay } from '#lib/platform/days.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { isCountry, isCurrency } from '../places.ts';
import type { RecordText } from '../records/kind-rules.ts';

/** The most lines that a list in a record has. */
export const linesMax = 200;

const firstDay = '1900-01-01';
const lastDay = '2199-12-31';

/** A day, yyyy-mm-dd. */
export const day = (what: string) =>
  z
    .string(`Give ${what}.`)
    .regex(/^\d{4}-\d{2}-\d{2}$/, {
      error: `Give ${what} as a day, such as 2026-11-28.`,
      abort: true,
    })
    .refine(isDay, { error: 'This is no day of the calendar.', abort: true })
    .refine((text) => text >= firstDay && text <= lastDay, `Give ${what} between 1900 and 2199.`);

/** The same, null where there is none. */
export const maybeDay = (what: string) => day(what).nullable().default(null);

export const oneOf = <const C extends string>(codes: readonly [C, ...C[]], what: string) =>
  z.enum(codes, `Choose ${what}.`);

export const yesNo = (what: string) => z.boolean(`Say ${what}: yes or no.`);
export const maybeYesNo = (what: string) => yesNo(what).nullable().default(null);

/** A whole number in bounds. @param unit in the sentence, such as `hours`. */
export const count = (what: string, least: number, most: number, unit = '') => {
  const sentence = `Give ${what} as a whole number from ${least} to ${most}${unit && ` ${unit}`}.`;
  return z.int(sentence).min(least, sentence).max(most, sentence);
};

/** An amount of money in units of its currency, as plain decimal text with at most two places. */
export const money = (what: string) =>
  z
    .string(`Give ${what}.`)
    .regex(
      /^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/,
      `Give ${what} as a figure that is not negative, such as 120000.50.`,
    );

export const country = (what: string) =>
  z
    .string(`Choose ${what}.`)
    .refine(isCountry, `Give ${what} as a country of two letters, such as LU.`);

export const currency = (what: string) =>
  z
    .string(`Choose ${what}.`)
    .refine(isCurrency, `Give ${what} as a currency of three letters, such as EUR.`);

/** Another record, by id. */
export const record = (what: string) => z.uuid(`Choose ${what}.`).toLowerCase();
export const maybeRecord = (what: string) => record(what).nullable().default(null);

/** Somebody who works here, by pseudonymous id. */
export const person = (what: string) =>
  z.string(`Choose ${what}.`).refine((text) => personId.safeParse(text).success, `Choose ${what}.`);
export const maybePerson = (what: string) => person(what).nullable().default(null);

/** A code, reference or the name of a legal person: one line that shows all of itself. */
export const line = (what: string, most = 255) =>
  z
    .string(`Give ${what}.`)
    .trim()
    .min(1, `Give ${what}.`)
    .max(most, `Give ${what} in at most ${most} characters.`)
    .refine(
      (text) => text.isWellFormed() && shownText(text) === text,
      'This contains a character that can’t be seen. Type it rather than paste it.',
    )
    .transform((text) => text.normalize('NFC'));

export const maybeLine = (what: string, most = 255) => line(what, most).nullable().default(null);

export const list = <S extends z.ZodType>(of: S, what: string, most = linesMax) =>
  z
    .array(of, `Give ${what} as a list.`)
    .max(most, `A record holds at most ${most} ${what}.`)
    .default([]);

/** A free text of several lines. */
export const paragraph = (what: string, most = 4000): RecordText => ({
  least: 3,
  most,
  tooShort: `Write ${what} in a sentence or more.`,
  tooLong: `Write ${what} in at most ${most.toLocaleString('en')} characters.`,
  lines: true,
});

/** A free text that can't be left out. */
export const asked = (text: RecordText): RecordText => ({ ...text, asked: true });

export const title = (what: string): RecordText => ({
  least: 3,
  most: 200,
  tooShort: `Give ${what} in a few words.`,
  tooLong: `Give ${what} in at most 200 characters.`,
  asked: true,
});
