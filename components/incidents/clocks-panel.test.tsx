import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ClocksPanel, type ShownClock } from './clocks-panel.tsx';

const serverNow = '2026-11-28T10:00:00.000Z';
const clock: ShownClock = {
  id: 'initial',
  name: 'Initial notification',
  to: 'Financial authority',
  limit: '2026-11-28T12:00:00.000+01:00',
  due: '2026-11-30T12:00:00.000+01:00',
  state: 'running',
  isProjected: false,
  share: 0.1,
  doneAt: null,
  sentence: '4 h from classification as major count.',
  basis: '5(1)(a) of 2025/301',
  inputs: [{ label: 'Awareness', value: '28 Nov 2026' }],
};

const shown = (more: Partial<ShownClock> = {}): string =>
  renderToStaticMarkup(<ClocksPanel clocks={[{ ...clock, ...more }]} serverNow={serverNow} />)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('a clock of an incident', () => {
  it('says until when by the entity’s clock and by UTC, and why then', () => {
    const text = shown();
    expect(text).toContain('Due 30 Nov 2026, 12:00 (UTC+01:00) , 30 Nov 2026, 11:00 UTC');
    expect(text).toContain('Without the relief 28 Nov 2026, 12:00 (UTC+01:00)');
    expect(text).toContain('4 h from classification as major count. 5(1)(a) of 2025/301');
    expect(text).toContain('Awareness 28 Nov 2026');
  });

  it.each([
    ['Running', {}],
    ['Running out', { share: 0.5 }],
    ['Last hour', { due: '2026-11-28T12:00:00+01:00', share: 0.9 }],
    ['Over', { due: '2026-11-28T10:59:59+01:00', share: 1 }],
    ['Done in time', { state: 'met', doneAt: '2026-11-28T09:00:00Z' }],
    ['Done late', { state: 'late', doneAt: '2026-11-28T09:00:00Z' }],
    ['Stopped', { state: 'stopped' }],
    ['Projected', { state: 'projected', isProjected: true, share: null }],
  ] as const)('has a word for how it stands: %s', (word, more) => {
    expect(shown(more)).toContain(` Financial authority ${word} `);
  });

  it('without a number of the law counts nothing down', () => {
    const text = shown({ due: null, limit: null, share: null });
    expect(text).toContain('The law gives no number: without undue delay.');
  });
});

it('says why time limits can’t be computed, instead of showing none', () => {
  const fault = 'When it was noticed: Check the year: it is not from 2000 to 2199.';
  expect(
    renderToStaticMarkup(<ClocksPanel clocks={[]} fault={fault} serverNow={serverNow} />),
  ).toContain(fault);
});
