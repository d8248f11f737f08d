/** What stands in a sealed text for people to read: most are written as they are, some are JSON. Pure. */

/** Tables whose texts are JSON documents. */
const json: ReadonlySet<string> = new Set([
  'threat_draft',
  'incident_report_draft',
  'incident_submission',
  'bank_entry_text',
]);

/** The words of a text, without how JSON escapes them. */
export function wordsOf(table: string, text: string): string {
  if (!json.has(table)) return text;
  const strings: string[] = [];
  mapStrings(JSON.parse(text), (one) => {
    strings.push(one);
    return one;
  });
  return strings.join('\n');
}

/**
 * The same of a text that was found in the database, where it may be anything.
 * @returns `isBroken` where it is not of the form that its table keeps; then the words are the text as it is written.
 */
export function wordsFound(table: string, text: string): { words: string; isBroken: boolean } {
  try {
    return { words: wordsOf(table, text), isBroken: false };
  } catch {
    return { words: text, isBroken: true };
  }
}

/** What stands for a text of which nothing can be left, in the form that its table keeps. */
export const wholeText = (table: string, words: string): string =>
  json.has(table) ? JSON.stringify(words) : words;

/** The text with each piece that people wrote passed through; what holds it together stays as it is. */
export function mapWords(table: string, text: string, change: (words: string) => string): string {
  if (!json.has(table)) return change(text);
  return JSON.stringify(mapStrings(JSON.parse(text), change));
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapStrings(one, change));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, mapStrings(one, change)]),
    );
  return value;
}
