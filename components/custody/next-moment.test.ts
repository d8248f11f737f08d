import { expect, it } from 'vitest';
import { nextMoment } from './next-moment.ts';

const now = '2026-11-27T10:00:00.000Z';
const row = (cooledAt: string | null, expiresAt: string, state = 'listed') => ({
  state,
  cooledAt,
  expiresAt,
});

it('is the earliest end of a cool-down or a certification that is still to come', () => {
  const late = '2027-11-27T10:00:00.000Z';
  expect(nextMoment([], now)).toBeNull();
  expect(nextMoment([row(null, '2026-11-27T09:59:59.999Z')], now)).toBeNull();
  expect(nextMoment([row('2026-11-27T09:00:00.000Z', late)], now)).toBe(late);
  expect(nextMoment([row(null, late), row('2026-11-27T10:00:06.000Z', late)], now)).toBe(
    '2026-11-27T10:00:06.000Z',
  );
});

it('is nothing of an address that is only proposed, or was removed', () => {
  const soon = '2026-11-27T10:00:06.000Z';
  expect(nextMoment([row(soon, soon, 'proposed'), row(soon, soon, 'removed')], now)).toBeNull();
});
