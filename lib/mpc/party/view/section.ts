/**
 * What the party has to say about something, apart from how it is shown: its page and its terminal
 * command print the same. Every text that can come from outside goes through `shown`.
 */
import { shownText } from '#lib/protocol/free-text.ts';

export type Mark = 'good' | 'caution' | 'danger';

export type Fact = {
  term: string;
  text: string;
  /**
   * `code` for what is copied, `address` for what is compared letter by letter, `digest` in groups of
   * four, `words` large.
   */
  as?: 'code' | 'address' | 'digest' | 'words';
  /** What this party makes of it. */
  notes?: readonly string[];
  mark?: Mark;
};

export type Section = {
  title: string;
  /** One sentence that stands before the facts. */
  lead?: string;
  facts: readonly Fact[];
};

/** What cannot be seen is written out, so that no text hides anything or turns its neighbours round. */
export const shown = shownText;

/** "a", "a and b", "a, b and c". */
export function inWords(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** `2026-11-27 08:11:28 UTC` for an instant as documents hold it. */
export const utc = (instant: string): string => `${instant.slice(0, 19).replace('T', ' ')} UTC`;

const spans = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** Seconds in the largest unit that leaves no rest. */
export function spanText(seconds: number): string {
  for (const [size, name] of spans)
    if (seconds >= size && seconds % size === 0)
      return `${seconds / size} ${name}${seconds === size ? '' : 's'}`;
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}

/** A long list cut where nobody would read on; the digest covers all of it. */
export function firstOf(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  return [
    ...lines.slice(0, most),
    `and ${lines.length - most} more, which are not shown here but are under the same digest`,
  ];
}
