import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { holdWords, mayFollow, type HoldEventKind } from '#lib/privacy/retention/holds/life.ts';
import type { HoldView } from '#lib/privacy/retention/holds/view-hold.ts';
import type { ReportView, RunView } from '#lib/privacy/retention/runs/view-run.ts';
import { categoryCodes, isRunCode, schedule } from '#lib/privacy/retention/schedule.ts';
import type { RetentionView } from '#lib/privacy/retention/view-retention.ts';
import { HoldScreen } from './hold-screen.tsx';
import { HoldsScreen } from './holds-screen.tsx';
import { RunScreen } from './run-screen.tsx';
import { RunsScreen } from './runs-screen.tsx';
import { ScheduleScreen } from './schedule-screen.tsx';

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
const shown = (screen: ReactNode): string =>
  renderToStaticMarkup(
    <AppRouterContext.Provider value={router}>{screen}</AppRouterContext.Provider>,
  );

const id = '00000000-0000-4000-8000-000000000001';
const at = '2026-11-29T02:00:00.000Z';
const report: ReportView = {
  rule: 'relationship',
  phase: 'ended',
  outcome: 'waits',
  due: 1204,
  skipped: { hold: 3, request: 1 },
  oldest: '2019-02-28',
  newest: '2026-11-27',
  sample: ['ps-aaaaaaaaaaaaaaaa'],
  acted: 0,
  items: { waiting: 0, done: 0, left: 0 },
  decisions: [],
  bound: 500,
  may: { approve: true, stop: false },
};
const run: RunView = {
  id,
  number: 'RR-2026-000007',
  kind: 'nightly',
  day: '2026-11-29',
  by: 'The system',
  askedAt: at,
  endedAt: at,
  reports: [report],
};
const retention: RetentionView = {
  lines: categoryCodes.map((code) => ({
    code,
    rule: isRunCode(code)
      ? {
          isApproved: false,
          newest: { run: run.number, outcome: 'waits', due: 4, acted: 0, day: '2026-11-29' },
        }
      : null,
  })),
  months: ['2026-11', '2026-12'],
  calendar: [{ code: 'aml-relationship', counts: [2, 5] }],
  holds: { standing: 2, overdue: 1 },
  waiting: [{ run: run.number, rule: 'relationship', due: 4 }],
  can: { rehearse: true, decide: false },
  today: '2026-11-29',
};

describe('the schedule', () => {
  it('shows every category with its law, and who ends it', () => {
    const html = shown(<ScheduleScreen view={retention} />);
    for (const code of categoryCodes) expect(html).toContain(schedule[code].name);
    expect(html).toContain('Done by the worker’s sweep of challenges');
    expect(html).toContain('most in 2026-12: 5');
  });

  it('says what waits, and to who can’t decide, who can', () => {
    const html = shown(<ScheduleScreen view={retention} />);
    expect(html).toContain('1 rule waits for an approval.');
    expect(html).toContain('A manager or a custody officer decides');
    const can = { rehearse: true, decide: true };
    expect(shown(<ScheduleScreen view={{ ...retention, can }} />)).not.toContain(
      'A manager or a custody officer decides',
    );
  });
});

describe('a run', () => {
  it('tells what is due, what is left and why, before it offers the key', () => {
    const html = shown(<RunScreen view={run} />);
    for (const words of [
      '1,204, of which 1,200 free to go',
      'A legal hold covers it: 3',
      'A request of the person is not answered: 1',
      'ps-aaaaaaaaaaaaaaaa',
      'Approve with key',
      'up to 2,000 in',
    ])
      expect(html).toContain(words);
  });

  it('offers nothing to who may not, and nothing of a rehearsal', () => {
    const may = { approve: false, stop: false };
    const reports = [{ ...report, may }];
    expect(shown(<RunScreen view={{ ...run, reports }} />)).not.toContain('with key');
    const rehearsed = { ...report, may, outcome: 'rehearsed' };
    const html = shown(<RunScreen view={{ ...run, kind: 'rehearsal', reports: [rehearsed] }} />);
    expect(html).toContain('A rehearsal: nothing changed.');
  });

  it('stands in the list with what it found', () => {
    const row = {
      id,
      number: run.number,
      kind: 'nightly' as const,
      day: run.day,
      by: run.by,
      askedAt: at,
      endedAt: at,
      due: 1204,
      left: 4,
      acted: 0,
      waits: 1,
    };
    const view = { rows: [row], next: null, isFirst: true, today: '2026-11-29' };
    expect(shown(<RunsScreen view={view} />)).toContain('One rule waited');
    expect(shown(<RunsScreen view={{ ...view, rows: [] }} />)).toContain('No night has been yet');
  });
});

const covers = [
  { kind: 'person' as const, subject: 'ps-aaaaaaaaaaaaaaaa' },
  { kind: 'client' as const, subject: 'C-1001' },
  { kind: 'category' as const, subject: 'request-files' as const },
  { kind: 'record' as const, subject: 'DSR-2026-000001' },
];
const opening = {
  ground: 'legal-claim' as const,
  article: '17-3-e' as const,
  reviewOn: '2027-03-01',
  covers,
};
const hold = (state: HoldView['standing']['state'], more: Partial<HoldView> = {}): HoldView => ({
  id,
  number: 'LH-2026-000003',
  seq: 1,
  standing: {
    seq: 1,
    state,
    opening,
    reviewOn: '2027-03-01',
    proposal: null,
    liftedAt: state === 'lifted' ? at : null,
  },
  isOverdue: false,
  isUnproved: false,
  stopped: [],
  events: [{ seq: 1, kind: 'opened', actor: 'p-aaaaaaaaaa', by: 'Mia', at, facts: opening }],
  may: (Object.keys(holdWords) as HoldEventKind[]).filter((kind) => mayFollow(state, kind)),
  can: { decide: true, lift: true, read: true },
  today: '2026-11-29',
  ...more,
});

describe('a hold', () => {
  it('names what it covers, and offers each step to who may take it', () => {
    const html = shown(<HoldScreen view={hold('standing')} />);
    for (const words of ['C-1001', 'DSR-2026-000001', 'All of “Requests about personal data”'])
      expect(html).toContain(words);
    expect(html).toContain('Review it');
    expect(html).toContain('Propose to lift it');
    expect(html).not.toContain('Lift with key');
    expect(shown(<HoldScreen view={hold('lift-proposed')} />)).toContain('Lift with key');
  });

  it('offers nothing to who only reads, who proposed it, or once it was lifted', () => {
    const reader = hold('standing', { can: { decide: false, lift: false, read: false } });
    expect(shown(<HoldScreen view={reader} />)).not.toContain('Review it');
    const proposer = hold('lift-proposed', { can: { decide: true, lift: false, read: true } });
    expect(shown(<HoldScreen view={proposer} />)).not.toContain('Lift with key');
    const over = shown(<HoldScreen view={hold('lifted')} />);
    for (const words of ['Review it', 'Propose to lift it', 'Lift with key'])
      expect(over).not.toContain(words);
  });

  it('that was lifted says so, and that it keeps what it covers until the keys are proved', () => {
    expect(shown(<HoldScreen view={hold('lifted')} />)).toContain('keeps nothing any more');
    const html = shown(<HoldScreen view={hold('lifted', { isUnproved: true })} />);
    expect(html).toContain('until the keys of both people are proved');
    expect(html).not.toContain('keeps nothing any more');
  });

  it('says when its review is overdue, and that it goes on to stand', () => {
    const html = shown(<HoldScreen view={hold('standing', { isOverdue: true })} />);
    expect(html).toContain('The day of its review is over.');
    expect(html).toContain('It goes on to stand.');
  });

  it('stands in the list, whose button is for who decides', () => {
    const line = {
      id,
      number: 'LH-2026-000003',
      ground: opening.ground,
      article: opening.article,
      state: 'standing' as const,
      openedAt: at,
      reviewOn: opening.reviewOn,
      isOverdue: true,
      covers,
    };
    const view = {
      list: 'standing' as const,
      rows: [line],
      next: null,
      isFirst: true,
      can: { decide: true },
      today: '2026-11-29',
    };
    const html = shown(<HoldsScreen view={view} />);
    expect(html).toContain('Stands, review overdue');
    expect(html).toContain('and 1 more');
    expect(html).toContain('Open a hold');
    expect(shown(<HoldsScreen view={{ ...view, can: { decide: false } }} />)).not.toContain(
      'Open a hold',
    );
  });
});
