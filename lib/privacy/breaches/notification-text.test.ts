import { expect, it } from 'vitest';
import { readBreachEvent, type BreachEvent } from './event.ts';
import { foldBreach } from './fold.ts';
import { notificationText } from './notification-text.ts';

const aware = '2026-06-19T10:00:00.000Z';
const described = {
  kinds: ['confidentiality'],
  groups: ['client'],
  categories: ['identity'],
  persons: { least: 40, most: 60 },
  records: null,
  systems: [],
  readability: 'readable',
  cause: 'human-error',
  states: ['AT', 'DE'],
  wrote: [],
};

function textOf(seat: 'DE' | 'FR' | null): string {
  const said = [
    ['opened', { source: 'own', noticedAt: aware, processor: null }],
    ['confirmed', { awareAt: aware }],
    ['described', described],
  ] as const;
  const events = said.map(([kind, facts], index): BreachEvent =>
    readBreachEvent({ seq: index + 1, kind, actor: 'p-aaaaaaaaaa', at: new Date(aware), facts }),
  );
  return notificationText({
    number: 'PB-2026-000001',
    phase: 1,
    controller: 'Sample Custodian AG, LEI 529900T8BM49AURSDO55',
    standing: foldBreach(events),
    missing: [],
    contact: null,
    seat,
    texts: { description: 'A list went out.', nature: null, consequences: null, measures: null },
    later: null,
    delay: null,
    at: new Date(aware),
  });
}

it('other Member States are those beside the one of our seat', () => {
  expect(textOf('DE')).toContain('Other Member States: Austria\n');
  expect(textOf('FR')).toContain('Other Member States: Austria, Germany\n');
  expect(textOf(null)).toContain('Other Member States: Austria, Germany\n');
});

it('names the controller as the law does, and what is known', () => {
  const text = textOf('DE');
  expect(text).toContain('Controller: Sample Custodian AG, LEI 529900T8BM49AURSDO55\n');
  expect(text).toContain('Approximate number of persons: 40 to 60');
  expect(text).toContain('A list went out.');
});
