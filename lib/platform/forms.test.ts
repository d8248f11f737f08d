import { expect, it } from 'vitest';
import { z } from 'zod';
import { dayField, minuteField, readForm } from './forms.ts';

const form = z.strictObject({ day: dayField('the day'), at: minuteField('when it was') });
const read = (day: string, at: string) => readForm(form, { day, at });

it('takes days and minutes as browsers write them', () => {
  expect(read('2026-11-28', '2026-11-28T14:05')).toEqual({
    ok: true,
    form: { day: '2026-11-28', at: new Date('2026-11-28T14:05:00Z') },
  });
});

it.each([
  ['0026-11-28', '2026-11-28T14:05', 'Give the day with its year in full, between 1900 and 2199.'],
  ['2200-01-01', '2026-11-28T14:05', 'Give the day with its year in full, between 1900 and 2199.'],
  ['2026-11-28', '0026-11-28T14:05', 'Give when it was with its year in full'],
  ['2026-11-28', '1899-12-31T23:59', 'Give when it was with its year in full'],
  ['2026-02-30', '2026-11-28T14:05', 'The day is no day of the calendar.'],
])('a year that nobody means is refused: %s %s', (day, at, sentence) => {
  const answer = read(day, at);
  expect(answer.ok).toBe(false);
  if (!answer.ok) expect(answer.refusal.sentence).toContain(sentence);
});
