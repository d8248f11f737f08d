/** Free texts of incidents: what may be written. They stand beside the events and can be erased. */
import { readText, type TextRule } from '#lib/protocol/free-text.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

const paragraph = (what: string, least = 3): TextRule => ({
  least,
  most: 4000,
  tooShort: `Write ${what} in a sentence or more.`,
  tooLong: `Write ${what} in at most 4,000 characters.`,
  lines: true,
});

/** Every text that an event may carry. */
export const textFields = {
  title: {
    least: 5,
    most: 200,
    tooShort: 'Say in a line what happened.',
    tooLong: 'Give a title of at most 200 characters.',
  },
  description: paragraph('what happened', 10),
  note: paragraph('a note'),
  reasons: paragraph('the reasons', 10),
  task: {
    least: 3,
    most: 300,
    tooShort: 'Say what is to be done.',
    tooLong: 'Say what is to be done in at most 300 characters.',
  },
  'file-name': {
    least: 1,
    most: 120,
    tooShort: 'The file has no name.',
    tooLong: 'Give the file a name of at most 120 characters.',
  },
  'root-cause': paragraph('the root cause', 10),
  reaction: paragraph('how quickly it was reacted to', 10),
  forensics: paragraph('how good and quick the forensic analysis was', 10),
  escalation: paragraph('how well it was escalated', 10),
  communication: paragraph('how well people inside and outside were told', 10),
  lessons: paragraph('what was learnt', 10),
  'sent-to': {
    least: 3,
    most: 300,
    tooShort: 'Say to whom it was sent, and how.',
    tooLong: 'Say to whom it was sent in at most 300 characters.',
  },
  'told-what': paragraph('what they were told', 10),
} as const satisfies Record<string, TextRule>;
export type TextField = keyof typeof textFields;
export type Texts = Partial<Record<TextField, string>>;

/** Texts of a form as they are kept, or the refusal of the first one that can't be. */
export function readTexts(
  given: Readonly<Partial<Record<TextField, string>>>,
): { ok: true; texts: Texts } | Refused<'text-invalid'> {
  const texts: Texts = {};
  for (const [field, text] of Object.entries(given) as [TextField, string][]) {
    const reading = readText(text, textFields[field]);
    if (!reading.ok) return refuse('text-invalid', reading.sentence);
    texts[field] = reading.text;
  }
  return { ok: true, texts };
}
