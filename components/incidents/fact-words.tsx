/** Facts of the worksheet as people read them. */
import type { ReactNode } from 'react';
import type { FactEntry } from '#lib/incidents/desk/event.ts';
import { readSpan, spanWords } from '#lib/incidents/duration-text.ts';
import { factField } from '#lib/incidents/fact-fields.ts';
import { isReportFact, reportFacts } from '#lib/incidents/worksheet/known-facts.ts';
import { labelOf } from '#lib/incidents/worksheet/read-entries.ts';
import { Time } from '../ui/time.tsx';

export const factName = labelOf;

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** The value of a fact in words. @param name says which words its codes have. */
export function factValue(name: string, value: FactEntry['value']): ReactNode {
  if (value === null) return 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((one) => codeWord(name, one)).join(', ');
  if (typeof value === 'number') return value.toLocaleString('en');
  if (instant.test(value) && !Number.isNaN(Date.parse(value)))
    return <Time instant={value} style="minute" />;
  const minutes = factField(name)?.kind === 'duration' ? readSpan(value) : null;
  return minutes === null ? codeWord(name, value) : spanWords(minutes);
}

/** The words of a code where it has some; what people wrote stays as it is. */
function codeWord(name: string, code: string): string {
  if (isReportFact(name))
    return reportFacts[name].values.find(({ value }) => value === code)?.words ?? code;
  const choices = factField(name)?.choices;
  const word = choices && Object.hasOwn(choices, code) ? choices[code] : undefined;
  // What explains a choice stands behind the colon.
  return word?.split(':')[0] ?? code;
}
