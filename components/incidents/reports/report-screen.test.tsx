import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { prefill, dutyShare, valuesOf } from '#lib/incidents/report/prefill.ts';
import { REPORT_FIELDS } from '#lib/incidents/report/fields.ts';
import { mayStep } from '#lib/incidents/reports/life.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { ReportScreen } from './report-screen.tsx';

// Actions stand behind it, and no button is pressed here.
vi.mock('server-only', () => ({}));

const now = '2026-03-02T10:00:00.000Z';
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

const draft = prefill({ now }, 'initial');
const values = valuesOf(draft);
const nobody = {
  write: false,
  raise: false,
  release: false,
  alone: false,
  decline: false,
  withdraw: false,
  send: false,
  receipt: false,
  review: false,
};
const view = (more: Partial<ReportView> = {}): ReportView => ({
  id: '00000000-0000-4000-8000-000000000001',
  incident: {
    id: '00000000-0000-4000-8000-000000000002',
    number: 'INC-2026-000001',
    title: 'The node answers nothing',
  },
  stage: 'initial',
  state: 'draft',
  version: 3,
  writtenBy: 'Ada Hofmann',
  writtenAt: now,
  stepCount: 0,
  fields: REPORT_FIELDS.map(({ no }) => ({
    no,
    value: values[no] ?? null,
    source: values[no] === undefined ? ('missing' as const) : ('filled' as const),
    from: 'By the report that was begun.',
    offered: null,
    before: null,
  })),
  findings: [
    {
      field: '2.4',
      rule: 'missing',
      severity: 'blocking',
      sentence: '“What happened” is due in an initial notification.',
      article: 'ITS 2025/302 Annex II, field 2.4',
    },
  ],
  blocking: ['2.4 missing'],
  share: dutyShare(values, 'initial'),
  digest: 'a'.repeat(64),
  words: ['one', 'two', 'three', 'four', 'five', 'six'],
  steps: [],
  due: null,
  isErased: false,
  serverNow: now,
  can: nobody,
  ...more,
});

const shown = (of: ReportView, isPreview = false): string =>
  renderToStaticMarkup(
    <AppRouterContext.Provider value={router}>
      <ReportScreen view={of} isPreview={isPreview} />
    </AppRouterContext.Provider>,
  )
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

const raised: ReportView['steps'][number] = {
  seq: 1,
  step: 'raised',
  by: 'Ada Hofmann',
  at: now,
  key: 'Desk key',
  facts: { digest: 'a'.repeat(64), channel: 'portal', overrides: null },
};

describe('a report', () => {
  it('is written by who may, with what is missing and the fields that are not asked folded away', () => {
    const text = shown(view({ can: { ...nobody, write: true, raise: true } }));
    expect(text).toContain('of 18 mandatory fields');
    expect(text).toContain('2.4 What happened');
    expect(text).toContain('35 fields not asked at this stage, may be given early');
    expect(text).toContain('Raise although it breaks rules');
  });

  it('is read by everybody else, and before it is raised', () => {
    const text = shown(view());
    expect(text).not.toContain('Save');
    expect(text).toContain('2.4 What happened Missing');
    const preview = shown(view({ can: { ...nobody, write: true, raise: true } }), true);
    expect(preview).not.toContain('Version 3, saved');
  });

  it('shows a second person what they sign: digest, who raised it with which key, and in red what it breaks', () => {
    const overrides = { rules: ['1.9 phone'], reason: 'The portal wants it so.' };
    const text = shown(
      view({
        state: 'raised',
        stepCount: 1,
        steps: [{ ...raised, facts: { ...raised.facts, overrides } }],
        can: { ...nobody, release: true, decline: true },
      }),
    );
    expect(text).toContain('Release the initial notification of INC-2026-000001');
    expect(text).toContain('one two three four five six');
    expect(text).toContain('Ada Hofmann , 2 Mar 2026, 10:00 UTC , key “ Desk key ”');
    expect(text).toContain('1.9 phone. Why it is sent nevertheless: The portal wants it so.');
    expect(text).toContain('Release with key Decline');
  });

  it('says plainly that it may go with one person, and afterwards that it did', () => {
    const alone = shown(
      view({ state: 'raised', steps: [raised], can: { ...nobody, release: true, alone: true } }),
    );
    expect(alone).toContain('One person may release it now.');
    const released = { ...raised, seq: 2, step: 'released' as const };
    const went = view({
      state: 'released',
      steps: [raised, { ...released, facts: { ...raised.facts, alone: true } }],
      can: { ...nobody, send: mayStep('released', 'sent'), review: true },
    });
    expect(shown(went)).toContain('It went out with one person.');
    expect(shown(went)).toContain('Released by one person alone');
    expect(shown(went)).toContain('Record that it was sent');
  });
});
