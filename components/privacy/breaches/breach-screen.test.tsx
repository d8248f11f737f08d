import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { breachClock } from '#lib/privacy/breaches/clock.ts';
import { missingContents } from '#lib/privacy/breaches/completeness.ts';
import { readBreachEvent, type BreachEvent } from '#lib/privacy/breaches/event.ts';
import { foldBreach } from '#lib/privacy/breaches/fold.ts';
import { breachWords, mayFollow, type BreachEventKind } from '#lib/privacy/breaches/life.ts';
import { findRisk, type RiskFactors } from '#lib/privacy/breaches/risk.ts';
import { arePersonsSettled, isAuthoritySettled } from '#lib/privacy/breaches/rules.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { BreachScreen } from './breach-screen.tsx';

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

const dora = 'p-aaaaaaaaaa';
const mia = 'p-bbbbbbbbbb';
const aware = '2026-06-19T10:00:00.000Z';
const people = {
  dpo: {
    work: true,
    sign: false,
    second: false,
    agree: false,
    seePersons: true,
    linkIncident: true,
  },
  manager: {
    work: false,
    sign: true,
    second: true,
    agree: true,
    seePersons: true,
    linkIncident: false,
  },
  proposer: {
    work: false,
    sign: true,
    second: false,
    agree: false,
    seePersons: true,
    linkIncident: false,
  },
  auditor: {
    work: false,
    sign: false,
    second: false,
    agree: false,
    seePersons: false,
    linkIncident: false,
  },
};
const factors: RiskFactors = {
  data: 'simple',
  recognition: 'limited',
  disclosure: 'known',
  change: 'none',
  outage: 'none',
  crowd: 'few',
  isMalicious: false,
  isVulnerable: false,
  isUnintelligible: false,
  likelihood: 'remote',
};

type Shown = { now: string; erasure: BreachView['erasure'] };
type Said = [kind: BreachEventKind, facts: object, actor?: string];
const opened: Said = ['opened', { source: 'own', noticedAt: aware, processor: null }];
const confirmed: Said = ['confirmed', { awareAt: aware }];
const assessed = (risk: string): Said => ['assessed', { factors, found: 'unlikely', risk }];
const signed: Said = [
  'notification-signed',
  { phase: 1, digest: 'a'.repeat(64), missing: ['persons'], isLate: false },
  mia,
];

function textOf(
  who: keyof typeof people,
  said: readonly Said[],
  { now = '2026-06-20T10:00:00.000Z', erasure = null }: Partial<Shown> = {},
) {
  const events = said.map(([kind, facts, actor = dora], index): BreachEvent =>
    readBreachEvent({ seq: index + 1, kind, actor, at: new Date(aware), facts }),
  );
  const standing = foldBreach(events);
  const view: BreachView = {
    id: '00000000-0000-4000-8000-000000000001',
    number: 'PB-2026-000001',
    seq: events.length,
    standing,
    clock: breachClock(standing, new Date(now)),
    found: standing.assessment && findRisk(standing.assessment.factors),
    missing: missingContents(standing, true),
    isAuthoritySettled: isAuthoritySettled(standing),
    arePersonsSettled: arePersonsSettled(standing),
    events: events.map((event) => ({ ...event, by: 'Dora Weiss' })),
    incidents: [],
    processor: null,
    erasure,
    may: (Object.keys(breachWords) as BreachEventKind[]).filter(
      (kind) => erasure === null && mayFollow(standing.state, kind),
    ),
    can: { ...people[who], read: who !== 'auditor', takeOff: who === 'dpo' },
    serverNow: now,
  };
  const markup = renderToStaticMarkup(
    <AppRouterContext value={router}>
      <BreachScreen view={view} />
    </AppRouterContext>,
  );
  return markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

it('a suspected breach asks to be confirmed, and no clock runs', () => {
  const text = textOf('dpo', [opened]);
  expect(text).toContain('Confirm it');
  expect(text).toContain('It was no breach');
  expect(text).toContain('The 72 hours run from the moment');
  expect(text).not.toContain('Sign it off');
});

it('that it was no breach waits for another person who decides', () => {
  const said: Said[] = [opened, ['dismissal-proposed', {}]];
  expect(textOf('dpo', said)).toContain('It waits for a custody officer or a manager');
  expect(textOf('dpo', said)).not.toContain('Decide it');
  expect(textOf('manager', said)).toContain('Decide it');
  const decided: Said[] = [...said, ['dismissal-approved', { of: 2 }, mia]];
  expect(textOf('manager', decided)).toContain('No breach of personal data');
});

it('a confirmed one says what the notification lacks, and who decides signs it off', () => {
  const said = [opened, confirmed];
  const text = textOf('manager', said);
  expect(text).toContain('Sign it off');
  expect(text).toContain('Likely consequences (33(3)(c))');
  expect(textOf('dpo', said)).not.toContain('Sign it off');
  expect(textOf('dpo', said)).toContain('A custody officer or a manager signs it off');
  expect(textOf('auditor', said)).not.toContain('Describe it');
});

it('its texts are offered to who may open them alone', () => {
  expect(textOf('dpo', [opened])).toContain('Open the texts');
  expect(textOf('manager', [opened])).toContain('Open the texts');
  expect(textOf('auditor', [opened])).not.toContain('Open the texts');
});

it('a signed notification is offered to who may open it alone, and others are told whom to ask', () => {
  const said = [opened, confirmed, signed];
  for (const who of ['dpo', 'manager'] as const) expect(textOf(who, said)).toContain('Save as PDF');
  expect(textOf('auditor', said)).not.toContain('Save as');
  expect(textOf('auditor', said)).toContain('Ask the data protection officer for its text.');
});

it('over the 72 hours it says since when', () => {
  const text = textOf('dpo', [opened, confirmed], { now: '2026-06-23T12:30:00.000Z' });
  expect(text).toContain('Over since 1 d 2 h');
});

it('that nobody is notified is proposed only at no likely risk, and decided by somebody else', () => {
  expect(textOf('manager', [opened, confirmed, assessed('likely')])).not.toContain(
    'Propose not to notify',
  );
  const cleared = [opened, confirmed, assessed('unlikely')];
  expect(textOf('manager', cleared)).toContain('Propose not to notify');
  const proposed: Said[] = [...cleared, ['clearance-proposed', { events: 'a'.repeat(64) }, mia]];
  expect(textOf('manager', proposed)).toContain('Decide it');
  expect(textOf('proposer', proposed)).not.toContain('Decide it');
  expect(textOf('proposer', proposed)).toContain('Until then the 72 hours run.');
});

it('at a high risk the persons are open until it is decided, and what is signed waits to be sent', () => {
  const text = textOf('dpo', [opened, confirmed, assessed('high'), signed]);
  expect(text).toContain('High risk');
  expect(text).toContain('Decided otherwise than the rule');
  expect(text).toContain('Signed, not sent');
  expect(text).toContain('It was sent');
  expect(textOf('manager', [opened, confirmed, assessed('high')])).toContain(
    'Decide on telling them',
  );
});

it('a suspicion says by when it is found out, and stands out once it lies for too long', () => {
  expect(textOf('dpo', [opened], { now: '2026-06-19T12:00:00.000Z' })).toContain(
    'our own target of 24 hours',
  );
  expect(textOf('dpo', [opened], { now: '2026-06-20T12:00:00.000Z' })).toContain(
    'Only suspected for too long.',
  );
});

it('says what is next, who does it and until when, and what Article 33(3) lacks', () => {
  const text = textOf('dpo', [opened, confirmed]);
  expect(text).toContain('What is next');
  expect(text).toMatch(/Assess the risk to persons\. .*?by 22 Jun 2026/u);
  expect(text).toContain('Data protection officer: that is you');
  expect(text).toContain('Sign off the initial notification.');
  expect(text).toContain('Put on record what Art 33(3) asks for: nature of the breach');
  const late = textOf('manager', [opened, confirmed], { now: '2026-06-23T12:30:00.000Z' });
  expect(late).toContain('Sign off the initial notification with the reasons for the delay.');
  expect(textOf('dpo', [opened, ['dismissal-proposed', {}]])).not.toContain('What is next');
});

it('counts who of the persons waits, and asks for a second person at an exception', () => {
  const high = [opened, confirmed, assessed('high'), ['persons-listed', { count: 1200 }] as Said];
  const sentAt = aware;
  const telling: Said[] = [
    ...high,
    ['persons-decided', { isTold: true, exception: null }, mia],
    ['persons-told', { sentAt, channel: 'email', count: 200, listed: 200 }],
  ];
  const text = textOf('dpo', telling);
  expect(text).toContain('Tell the persons: 1,000 at least wait.');
  expect(text).toContain('Told so far: 200. On the list and not told: 1,000.');
  const exception: Said[] = [
    ...high,
    ['persons-decided', { isTold: false, exception: 'unintelligible' }, mia],
  ];
  expect(textOf('manager', exception)).toContain('Agree to it');
  expect(textOf('proposer', exception)).not.toContain('Agree to it');
  expect(textOf('proposer', exception)).toContain('until then they are to be told');
  const agreed: Said[] = [...exception, ['persons-agreed', { of: 5 }, dora]];
  expect(textOf('manager', agreed)).toContain('Decided by two people: not one by one.');
});

it('says what of its file went and when, and offers nothing more to do', () => {
  const said: Said[] = [opened, confirmed, assessed('high'), ['persons-listed', { count: 3 }]];
  const at = '2032-01-05T01:00:00.000Z';
  const erasure = { begunAt: at, erasedAt: at, texts: 7, persons: 3 };
  const text = textOf('dpo', said, { erasure });
  expect(text).toContain('Its file was erased.');
  expect(text).toContain('5 Jan 2032');
  expect(text).toContain('7 texts, notifications among them, and the list of 3 people');
  expect(text).toContain('Who they were went with the file of the breach.');
  for (const act of ['Open the list', 'Add persons', 'Take off', 'Describe it'])
    expect(text).not.toContain(act);
  expect(textOf('dpo', said, { erasure: { ...erasure, erasedAt: null } })).toContain(
    'Its file is being erased.',
  );
});

it('offers to take off the list to the data protection officer, while somebody waits', () => {
  const listed: Said[] = [opened, confirmed, assessed('high'), ['persons-listed', { count: 1 }]];
  expect(textOf('dpo', listed)).toContain('Take off');
  expect(textOf('manager', listed)).not.toContain('Take off');
  const none: Said[] = [...listed, ['persons-taken-off', { count: 1 }]];
  expect(textOf('dpo', none)).toContain('1 taken off the persons concerned');
  expect(textOf('dpo', none)).not.toContain('Take off');
});
