import { expect, it } from 'vitest';
import { clockMark, rightName, type ShownClock } from './request-words.ts';

const clock: ShownClock = {
  state: 'running',
  dueOn: '2026-07-06',
  targetOn: '2026-06-29',
  daysLeft: 20,
};
const words = (more: Partial<ShownClock>) => {
  const { tone, words: said } = clockMark({ ...clock, ...more });
  return `${tone}: ${said}`;
};

it('says of a clock how much is left, and warns once the internal target is over', () => {
  expect(words({})).toBe('neutral: 20 days left');
  expect(words({ daysLeft: 7 })).toBe('neutral: 7 days left');
  expect(words({ daysLeft: 6 })).toBe('caution: 6 days left');
  expect(words({ daysLeft: 1 })).toBe('caution: 1 day left');
  expect(words({ daysLeft: 0 })).toBe('danger: Due today');
  expect(words({ daysLeft: -1 })).toBe('danger: Overdue by 1 day');
});

it('a paused clock that is over all the same is overdue, and one that stopped says how it ended', () => {
  expect(words({ state: 'paused' })).toBe('neutral: Paused');
  expect(words({ state: 'paused', daysLeft: -2 })).toBe('danger: Overdue by 2 days');
  expect(words({ state: 'met', daysLeft: null })).toBe('good: Answered in time');
  expect(words({ state: 'late', daysLeft: null })).toBe('danger: Answered late');
  expect(words({ state: 'stopped', daysLeft: null })).toBe('quiet: Stopped');
});

it('names a right with its article', () => {
  expect(rightName('withdraw-consent')).toBe('Withdrawal of consent (Art 7(3))');
});
