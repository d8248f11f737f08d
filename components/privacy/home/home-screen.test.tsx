import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { breachClock } from '#lib/privacy/breaches/clock.ts';
import type { BreachLine } from '#lib/privacy/breaches/list-breaches.ts';
import type { HomeView } from '#lib/privacy/home/view-home.ts';
import { BreachesPart } from './breaches-part.tsx';
import { ErasuresPart } from './erasures-part.tsx';
import { PrivacyHomeScreen } from './home-screen.tsx';
import { RecentEndsPart } from './recent-ends-part.tsx';
import { HoldsPart } from './holds-part.tsx';

// Actions stand behind it, and no button is pressed here.
vi.mock('server-only', () => ({}));

const nothing = () => undefined;
const router = {
  back: nothing,
  forward: nothing,
  refresh: nothing,
  hmrRefresh: nothing,
  push: nothing,
  replace: nothing,
  prefetch: nothing,
} as unknown as React.ContextType<typeof AppRouterContext>;

const now = new Date('2026-06-20T10:00:00.000Z');
const view: HomeView = {
  due: [
    {
      id: '00000000-0000-4000-8000-000000000001',
      number: 'DSR-2026-000001',
      right: 'erasure',
      channel: 'post',
      state: 'review',
      receivedAt: '2026-05-01T10:00:00.000Z',
      personId: null,
      clock: { state: 'running', dueOn: '2026-06-01', targetOn: '2026-05-25', daysLeft: -19 },
    },
  ],
  counts: { open: 3, overdue: 1, overTarget: 0, mine: 2, answered: 0 },
  isSeatKnown: true,
  can: { work: false },
  serverNow: now.toISOString(),
};
const breach = (awareAt: string): BreachLine => {
  const known = {
    state: 'confirmed',
    suspectedAt: awareAt,
    awareAt,
    notifiedAt: null,
    clearedAt: null,
  } as const;
  return {
    id: awareAt,
    number: 'PB-2026-000001',
    state: 'confirmed',
    source: 'own',
    risk: null,
    noticedAt: awareAt,
    clock: breachClock(known, now),
    ending: null,
  };
};

it('the home says what is over the day in law, and offers nothing to do to who only reads', () => {
  const html = renderToStaticMarkup(
    <AppRouterContext value={router}>
      <PrivacyHomeScreen view={view}>
        <BreachesPart
          breaches={[breach('2026-06-19T10:00:00.000Z'), breach('2026-06-10T10:00:00.000Z')]}
          serverNow={view.serverNow}
        />
        <ErasuresPart
          view={{
            rows: [{ number: 'DSR-2026-000002', personId: 'ps-a', dueOn: '2030-01-31' }],
            count: 12,
          }}
        />
        <RecentEndsPart
          view={{
            rows: [
              {
                person: 'ps-b',
                client: 'C-1001',
                role: 'representative',
                endedOn: '2026-06-01',
                takenBackUntil: '2026-07-19',
                recordedAt: '2026-06-19T10:00:00.000Z',
              },
            ],
            count: 3,
          }}
        />
        <HoldsPart overdue={[]} />
      </PrivacyHomeScreen>
    </AppRouterContext>,
  );
  expect(html).toContain(
    '3 people wait for an answer, 1 over the day in law: see to that one first.',
  );
  expect(html).toContain('Overdue by 19 days');
  expect(html).toContain('href="/privacy/requests/DSR-2026-000001"');
  expect(html).toContain('href="/privacy/breaches/PB-2026-000001"');
  expect(html).toMatch(/Over since \w/);
  expect(html).toContain('2030-01-31');
  expect(html).toContain('The first 1 of 12.');
  // An end that one person recorded, where it can still be taken back.
  expect(html).toContain('href="/privacy/people/ps-b"');
  expect(html).toContain('2026-07-19');
  expect(html).toContain('The first 1 of 3.');
  expect(html).toContain('None is overdue for its review.');
  expect(html).not.toContain('Enter a request');
});
