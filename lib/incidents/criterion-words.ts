/** How the worksheet says its values and limits. Pure. */
import { spanWords } from './duration-text.ts';
import { figureText, shareText } from './exact.ts';
import type { FigureName, ReadFacts } from './facts.ts';
import type { Verdict } from './judge.ts';
import type { Threshold } from './thresholds.ts';

/** An answer in words; null while there is none. */
export const answerText = (answer: Verdict): string | null =>
  answer === null ? null : answer ? 'yes' : 'no';

/** A threshold in the words of its article, such as "longer than 1 day" or "exceeds EUR 100,000". */
export function limitText({ compare, limit, unit }: Threshold): string {
  const grouped = limit.toLocaleString('en');
  switch (unit) {
    case '% of the total':
    case '% of the daily average':
      return `${compare} ${grouped} ${unit}`;
    case 'minutes':
      return `${compare} ${limit % 60 === 0 ? `${limit / 60} h` : spanWords(limit)}`;
    case 'EUR':
      return `${compare} EUR ${grouped}`;
    case 'number':
      return `${compare} ${grouped}`;
    case 'Member States':
    case 'thresholds':
      return `${compare} ${grouped} ${unit}`;
  }
}

/** What part of a total, such as "9 of 80 clients (11.25 %)". */
export function ofTotal(
  facts: ReadFacts,
  part: FigureName,
  total: FigureName,
  whom: string,
): string | null {
  const affected = facts.figures[part];
  const all = facts.figures[total];
  if (affected === null) return null;
  if (all === null || all === 0n) return `${figureText(affected)} of an unknown number of ${whom}`;
  return `${figureText(affected)} of ${figureText(all)} ${whom} (${shareText(affected, all)})`;
}

/** What part of a daily average; `unit` stands before both. */
export function ofAverage(
  facts: ReadFacts,
  part: FigureName,
  average: FigureName,
  unit: string,
): string | null {
  const affected = facts.figures[part];
  const daily = facts.figures[average];
  if (affected === null) return null;
  const value = `${unit}${figureText(affected)}`;
  if (daily === null) return `${value}, daily average not known`;
  const share = daily === 0n ? '' : ` (${shareText(affected, daily)})`;
  return `${value} against a daily average of ${unit}${figureText(daily)}${share}`;
}
