/** Free texts of requests: what may be written. They are kept sealed beside the events. Pure. */
import { readText, type TextRule } from '#lib/protocol/free-text.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

export const paragraph = (what: string, least = 10): TextRule => ({
  least,
  most: 8000,
  tooShort: `Write ${what} in a sentence or more.`,
  tooLong: `Write ${what} in at most 8,000 characters.`,
  lines: true,
});
const line = (what: string, least: number, most: number): TextRule => ({
  least,
  most,
  tooShort: `Give ${what}.`,
  tooLong: `Give ${what} in at most ${most} characters.`,
});

/** Every text that an event may carry. */
export const textFields = {
  name: line('the name', 2, 200),
  email: {
    ...line('the e-mail address', 6, 254),
    made: { of: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u, sentence: 'Give an e-mail address.' },
  },
  message: paragraph('what is asked for', 3),
  subject: line('the subject', 1, 300),
  /** What the header of a message says. */
  'sent-at': line('when it was sent', 1, 60),
  'file-name': line('the name of the file', 1, 120),
  /** SHA-256 of the plain file. It is sealed, as without a salt it would confirm what somebody guesses of the file. */
  'file-digest': line('the digest of the file', 64, 64),
  'left-out': paragraph('what was left out', 1),
  note: paragraph('a note', 3),
  reasons: paragraph('the reasons'),
  question: paragraph('what was asked'),
  answer: paragraph('the answer', 1),
  opinion: paragraph('the opinion'),
  /** That a suspicion was reported must not be told to the person: for the DPO and compliance alone. */
  'tipping-off': paragraph('what must not be told'),
  proof: paragraph('how it is proved', 3),
  /** Who received data of the person, or to whom they are to be transmitted. */
  recipient: line('the name of the recipient', 2, 200),
  received: paragraph('what was received, and how that is known', 3),
  /** What is to be corrected, as `changesText` writes it. */
  plan: line('what is to be corrected', 2, 40_000),
} as const satisfies Record<string, TextRule>;
export type TextField = keyof typeof textFields;
export type Texts = Partial<Record<TextField, string>>;

/** Fields that are opened only for those who keep people's records, as they do what money laundering law asks. */
export const guardedFields: ReadonlySet<string> = new Set<TextField>(['tipping-off']);

/** Texts of a form as they are kept, or the refusal of the first one that can't be; what is undefined is left out. */
export const readTexts = (
  given: Readonly<Partial<Record<TextField, string | undefined>>>,
): { ok: true; texts: Texts } | Refused<'text-invalid'> => readTextsBy(textFields, given);

/** The same by the rules of another file's fields. */
export function readTextsBy<F extends string>(
  rules: Readonly<Record<F, TextRule>>,
  given: Readonly<Partial<Record<NoInfer<F>, string | undefined>>>,
): { ok: true; texts: Partial<Record<F, string>> } | Refused<'text-invalid'> {
  const texts: Partial<Record<F, string>> = {};
  for (const [field, text] of Object.entries(given) as [F, string | undefined][]) {
    if (text === undefined) continue;
    const reading = readText(text, rules[field]);
    if (!reading.ok) return refuse('text-invalid', reading.sentence);
    texts[field] = reading.text;
  }
  return { ok: true, texts };
}
