/** Statements of position in plain words. */
import { formatInstant } from '../ui/format.ts';

/** Topic of notices about statements, and that of closes and journals is no part of it. */
export const statementTopics = ['statements'] as const;

export const statementPath = (id: string): string => `/statements/${id}`;

/** "1 Jul to 30 Sep 2026" as whole days; an end within a day is told to the second. */
export function periodText(from: string, to: string): string {
  const first = formatInstant(from, 'day');
  if (!to.endsWith('T00:00:00.000Z')) return `${first} to ${formatInstant(to)}`;
  return `${first} to ${formatInstant(Date.parse(to) - 1, 'day')}`;
}

export const reasonWords = (reason: string): string =>
  reason === 'quarterly' ? 'Quarterly' : 'On request';

/** Who issued or ordered it; processes have no name. */
export function byWords(by: string, name: string | null): string {
  if (by === 'worker') return 'the worker';
  return by === 'system' ? 'the command npm run statements' : (name ?? by);
}
