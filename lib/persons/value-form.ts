/** What may be written in each field of a person. Pure. */
import { dayOf, isDay, isWithinReach } from '#lib/platform/days.ts';
import { textRules, readText, type TextReading, type TextRule } from '#lib/protocol/free-text.ts';
import { fieldOf, type FieldName, type FieldShape } from './field-map.ts';

const line = (most: number, made?: TextRule['made']): TextRule => ({
  least: 1,
  most,
  tooShort: 'Write something, or leave the field out.',
  tooLong: `Write at most ${most} characters.`,
  ...(made && { made }),
});

const rules: Readonly<Record<FieldShape, TextRule>> = {
  name: {
    ...textRules.personName,
    least: 1,
    most: 200,
    tooLong: 'Give a name of at most 200 characters.',
  },
  line: line(200),
  lines: { ...line(1_000), lines: true },
  email: line(254, {
    of: /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]+$/u,
    sentence: 'Give an e-mail address, such as name@example.org.',
  }),
  phone: line(40, {
    of: /^\+?[\d ()/.-]{4,}$/,
    sentence: 'Give a telephone number with its country code, such as +49 30 901820.',
  }),
  date: line(10, { of: /^\d{4}-\d{2}-\d{2}$/, sentence: 'Give a day, such as 1980-02-29.' }),
  country: line(2, {
    of: /^[A-Z]{2}$/,
    sentence: 'Give the two letters of a country, such as DE.',
  }),
  code: line(60, {
    of: /^[A-Za-z0-9][A-Za-z0-9 ./-]*$/,
    sentence: 'Use letters, digits, spaces and . / - only.',
  }),
  'yes-no': line(3, { of: /^(?:yes|no)$/, sentence: 'Choose yes or no.' }),
};

/**
 * The value as it is kept, or the sentence that says what is wrong with it.
 * @param now nobody is born after it
 */
export function readValue(field: FieldName, given: string, now: Date): TextReading {
  const { shape, label } = fieldOf(field);
  const reading = readText(given, rules[shape]);
  if (!reading.ok) return { ok: false, sentence: `${label}: ${reading.sentence}` };
  if (shape === 'date' && !isDay(reading.text))
    return { ok: false, sentence: `${label}: this is no day of the calendar.` };
  if (shape === 'date' && !isWithinReach(reading.text))
    return { ok: false, sentence: `${label}: write the year in full, between 1900 and 2199.` };
  if (field === 'birth-date' && reading.text > dayOf(now))
    return { ok: false, sentence: `${label}: this day lies ahead.` };
  return reading;
}
