/** Names and free texts of cases: what may be written, and how it is kept beside rows that stay. */
import { readText, type TextRule } from '#lib/protocol/free-text.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

const paragraph = (what: string, least: number): TextRule => ({
  least,
  most: 4000,
  tooShort: `Write ${what} in a sentence or more.`,
  tooLong: `Write ${what} in at most 4,000 characters.`,
  lines: true,
});
const line = (what: string): TextRule => ({
  least: 2,
  most: 200,
  tooShort: `Give ${what}.`,
  tooLong: `Give ${what} in at most 200 characters.`,
});

/** Every kind of text a case or a step may carry. */
export const textKinds = {
  parties: line('the parties as the agreement names them'),
  document: line('where the signed document is kept'),
  complainant: line('the name of who complains'),
  subject: paragraph('what it is about', 3),
  reasons: paragraph('the reasons', 10),
  title: line('what it is called'),
  name: line('its name'),
  authorisation: line('the entry in the register of the authority'),
  source: line('where this comes from'),
  recipient: line('to whom it was sent'),
  note: paragraph('a note', 3),
} as const satisfies Record<string, TextRule>;
export type TextKind = keyof typeof textKinds;
export type Texts = Partial<Record<TextKind, string>>;

/** Texts of a form as they are kept, or the refusal of the first one that can't be. */
export function readTexts(
  given: Readonly<Partial<Record<TextKind, string>>>,
): { ok: true; texts: Texts } | Refused<'text-invalid'> {
  const texts: Texts = {};
  for (const [kind, text] of Object.entries(given) as [TextKind, string][]) {
    const reading = readText(text, textKinds[kind]);
    if (!reading.ok) return refuse('text-invalid', reading.sentence);
    texts[kind] = reading.text;
  }
  return { ok: true, texts };
}
