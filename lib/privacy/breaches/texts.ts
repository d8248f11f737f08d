/** Free texts of breaches: what may be written. They are kept sealed beside the events. Pure. */
import type { TextRule } from '#lib/protocol/free-text.ts';
import { paragraph, readTextsBy } from '../requests/texts.ts';

export const breachTexts = {
  description: paragraph('what happened'),
  note: paragraph('a note', 3),
  reasons: paragraph('the reasons'),
  nature: paragraph('the nature of the breach'),
  consequences: paragraph('the likely consequences'),
  measures: paragraph('the measures'),
  /** Why the authority hears of it after 72 hours (Art 33(1)). */
  delay: paragraph('the reasons for the delay'),
  /** Why something of Art 33(3) comes later. */
  later: paragraph('why the rest comes later'),
  /** What persons are told happened, in clear and plain language (Art 34(2)). */
  letter: paragraph('what the persons are told', 40),
  /** Where persons can ask, by the register of controllers and contacts. */
  contact: paragraph('where persons can ask', 3),
  proof: paragraph('how it is proved', 3),
} as const satisfies Record<string, TextRule>;
export type BreachText = keyof typeof breachTexts;

export const readBreachTexts = (given: Readonly<Partial<Record<BreachText, string | undefined>>>) =>
  readTextsBy(breachTexts, given);

/** What nobody has to write: an empty field of a form is left out. */
export const unlessEmpty = (text: string): string | undefined =>
  text.trim() === '' ? undefined : text;
