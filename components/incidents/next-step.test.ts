import { expect, it } from 'vitest';
import { nextStepOf } from './next-step.ts';

type Seen = Parameters<typeof nextStepOf>[0];

const running = (id: Seen['clocks'][number]['id'], name: string, due: string | null) => ({
  id,
  name,
  due,
  state: 'running' as const,
});
const initial = running('initial', 'Initial notification', '2026-03-02T16:00:00+01:00');
const seen = (standing: Seen['standing'], more: Partial<Seen> = {}): Seen => ({
  id: 'i',
  sort: 'incident',
  serverNow: '2026-03-02T12:00:00.000Z',
  standing,
  clocks: [initial],
  ...more,
});

it('asks for the decision before any report', () => {
  const open = { state: 'working', class: 'open' } as const;
  expect(nextStepOf(seen(open))).toMatchObject({
    title: 'Next: decide whether it is major.',
    href: '/incidents/i/worksheet',
  });
  expect(nextStepOf(seen(open, { sort: 'threat' }))?.title).toBe(
    'Next: decide whether the threat is significant.',
  );
});

it('leads from a major incident to the report whose limit ends first, and says when it is late', () => {
  const major = { state: 'working', class: 'major' } as const;
  const clients = running('clients', 'Information of clients', null);
  expect(nextStepOf(seen(major, { clocks: [clients, initial] }))).toMatchObject({
    title: 'Next: Initial notification.',
    isLate: false,
    href: '/incidents/i/reports',
  });
  expect(nextStepOf(seen(major, { serverNow: '2026-03-02T15:00:00.001Z' }))).toMatchObject({
    title: 'Late: Initial notification.',
    isLate: true,
  });
  expect(nextStepOf(seen(major, { clocks: [clients] }))?.title).toBe(
    'Next: Information of clients.',
  );
});

it('says nothing where a button of the page is next, or nothing runs', () => {
  expect(nextStepOf(seen({ state: 'new', class: 'open' }))).toBeNull();
  expect(nextStepOf(seen({ state: 'closed', class: 'major' }))).toBeNull();
  expect(nextStepOf(seen({ state: 'working', class: 'not-major' }, { clocks: [] }))).toBeNull();
});
