/** What the address of a list asks for, and the address that asks for it. Pure. */
import { daysAfter } from '#lib/resilience/days.ts';
import { founds } from '#lib/resilience/records/found-by-figures.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import type { ListFilter } from '#lib/resilience/records/list-records.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { listPath } from './kind-address.ts';

const names = [
  'words',
  'state',
  'grade',
  'due',
  'category',
  'rating',
  'over',
  'naming',
  'found',
  'finding',
  'from',
  'until',
  'retired',
  'order',
] as const;
export type ListAsked = Partial<Record<(typeof names)[number], string>>;

/** Only the parameters of a list that say something. */
export const listAsked = (asked: Asked): ListAsked =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = asked[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );

/** Choices of the filter by day: overdue, or due in so many days. */
export const dueChoices = {
  overdue: 'Overdue',
  '30': 'In the next 30 days',
  '90': 'In the next 90 days',
} as const;

const dueBy = (due: string | undefined, today: string): string | null => {
  if (due === 'overdue') return daysAfter(today, -1);
  return due === '30' || due === '90' ? daysAfter(today, Number(due)) : null;
};

/** @param today yyyy-mm-dd. */
export const filterOf = (
  kind: Kind,
  asked: ListAsked,
  today: string,
  after: string | null,
): ListFilter => ({
  kind,
  states: asked.state?.split(',') ?? null,
  grades: asked.grade?.split(',') ?? null,
  dueBy: dueBy(asked.due, today),
  words: asked.words ?? null,
  category: asked.category ?? null,
  rating: asked.rating ?? null,
  isOver: asked.over === 'yes',
  naming: asked.naming ?? null,
  found: founds.find((one) => one === asked.found) ?? null,
  from: asked.from ?? null,
  until: asked.until ?? null,
  retired: asked.retired === 'yes',
  order: asked.order === 'due' || dueBy(asked.due, today) !== null ? 'due' : 'number',
  after,
});

/** Address of a list under a filter. @param after cursor of the page before. */
export function listAddress(kind: Kind, asked: ListAsked, after: string | null = null): string {
  const query = new URLSearchParams(asked);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? listPath(kind) : `${listPath(kind)}?${text}`;
}
