import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { ReportsView } from '#lib/incidents/reports/list-reports.ts';
import { ReportsScreen } from './reports-screen.tsx';

// Actions stand behind it, and no button is pressed here.
vi.mock('server-only', () => ({}));

const at = '2026-03-02T10:00:00.000Z';
const nothing = () => undefined;
const router = { refresh: nothing, push: nothing } as unknown as React.ContextType<
  typeof AppRouterContext
>;

const view = (more: Partial<ReportsView> = {}): ReportsView => ({
  incident: {
    id: '00000000-0000-4000-8000-000000000002',
    number: 'INC-2026-000001',
    title: 'The node answers nothing',
    sort: 'incident',
    seq: 7,
    state: 'working',
    class: 'major',
    severity: 1,
    isAcknowledged: true,
  },
  reports: [],
  told: [],
  notice: null,
  costs: { currency: 'EUR', lines: [] },
  threat: null,
  clocks: [],
  clockFault: null,
  threatDraft: null,
  serverNow: at,
  begin: [
    { stage: 'initial', fault: null },
    { stage: 'intermediate', fault: 'The initial notification comes first.' },
  ],
  canBegin: true,
  canTell: true,
  ...more,
});

const shown = (of: ReportsView): string =>
  renderToStaticMarkup(
    <AppRouterContext.Provider value={router}>
      <ReportsScreen view={of} />
    </AppRouterContext.Provider>,
  )
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

it('says which report can be begun, and why the others can’t', () => {
  const text = shown(view());
  expect(text).toContain('No report has been begun.');
  expect(text).toMatch(/Initial notification Begin What is known so far/);
  expect(text).toContain('Intermediate report The initial notification comes first.');
  expect(shown(view({ canBegin: false }))).toContain('An officer or a manager begins it.');
});

it('says that clients are owed a text until they were told', () => {
  const notice = {
    entity: 'Sample Custody SE',
    reference: 'INC-2026-000001',
    contact: 'desk@sample-custody.example',
    detected: at,
    now: at,
    summary: 'The node answers nothing',
    services: [],
    effect: null,
    measures: [],
    advice: [],
  };
  expect(shown(view({ notice }))).toContain('Clients have not been told.');
  const told = [
    { seq: 8, whom: 'clients', count: 1200, by: 'Ada Hofmann', at, text: 'A text.' },
  ] as const;
  const text = shown(view({ notice, told: [...told] }));
  expect(text).not.toContain('Clients have not been told.');
  expect(text).toContain('Clients (1,200)');
});

it('shows costs by year and kind with their exact sums', () => {
  const line = {
    incidentId: '00000000-0000-4000-8000-000000000002',
    year: 2026,
    recoveries: 0n,
    corrects: null,
    by: 'Ada Hofmann',
    at,
  };
  const lines = [
    { ...line, seq: 1, category: 'c' as const, gross: 900719925474093n },
    { ...line, seq: 2, category: 'h' as const, gross: 10n },
  ];
  expect(shown(view({ costs: { currency: 'EUR', lines } }))).toContain(
    'EUR 9,007,199,254,741.03 gross, 0 recovered',
  );
});

it('has the fields of Annex III for a threat, and no reports of an incident', () => {
  const threat = view({
    incident: { ...view().incident, sort: 'threat' },
    threat: { 1: 'Sample Custody SE' },
  });
  const text = shown(threat);
  expect(text).toContain('16 Status');
  expect(text).toContain('to be completed before it can be taken out.');
  expect(text).not.toContain('Begin a report');
});

it('says who saved the notification of a threat, and offers to record that it was sent once it is whole', () => {
  const whole = {
    1: 'Sample Custody SE',
    2: '7LTWFZYICNSX8D621K86',
    6: 'Mia Lindqvist',
    7: 'incidents@sample-custody.example',
    8: '+49 69 1234567',
    12: at,
    13: 'Firmware of the devices is attacked elsewhere.',
    14: 'Keys could be read out of devices that are not updated.',
    15: ['data_losses'],
    16: 'active',
    17: 'Every device was updated.',
    18: 'Nobody yet.',
  };
  const incident = { ...view().incident, sort: 'threat' as const };
  const threatDraft = { version: 2, by: 'Ada Hofmann', at };
  const text = shown(view({ incident, threat: whole, threatDraft }));
  expect(text).toContain('Draft 2, saved by Ada Hofmann , 2 Mar 2026, 10:00 UTC');
  expect(text).toContain('Record that it was sent');
  expect(shown(view({ incident, threat: { 1: 'x' }, threatDraft }))).not.toContain(
    'Record that it was sent',
  );
  expect(shown(view({ incident, threat: whole }))).not.toContain('Record that it was sent');
});
