/** The same as the pages show, for a terminal. */
import type { OperationView } from './operation-view.ts';
import type { Fact, Section } from './section.ts';

const grouped = (text: string): string => text.match(/.{1,4}/gu)?.join(' ') ?? text;

/** Letters say what colour says on the page. */
const marks = { good: '  ', caution: '? ', danger: '! ' } as const;

function factLines({ term, text, as, notes = [], mark }: Fact): string[] {
  const value = as === 'digest' ? grouped(text) : text;
  return [`${mark ? marks[mark] : '  '}${term}: ${value}`, ...notes.map((note) => `      ${note}`)];
}

function sectionLines({ title, lead, facts }: Section): string[] {
  return ['', title, ...(lead === undefined ? [] : [`  ${lead}`]), ...facts.flatMap(factLines)];
}

/** @returns text that ends without a line break; nothing in it can move a terminal's cursor. */
export const printView = (view: Pick<OperationView, 'headline' | 'answer' | 'sections'>): string =>
  [view.headline, ...factLines(view.answer), ...view.sections.flatMap(sectionLines)].join('\n');
