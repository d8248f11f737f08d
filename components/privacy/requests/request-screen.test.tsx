import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { requestClock } from '#lib/privacy/requests/clock.ts';
import { foldEvents } from '#lib/privacy/requests/fold.ts';
import { eventWords, impersonal, mayHappen, type EventKind } from '#lib/privacy/requests/life.ts';
import type { CollectingView } from '#lib/privacy/requests/view-collecting.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import {
  asked,
  collected,
  dora,
  eventsOf,
  identified,
  mia,
  opened,
  proposed,
  reviewed,
  sha,
  toOpinion,
  type Said,
} from '#lib/privacy/testing/request-events.ts';
import { plainActs } from './act-fields.tsx';
import { RequestScreen } from './request-screen.tsx';

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
const you = {
  isDpo: false,
  work: false,
  decide: false,
  approve: false,
  guarded: false,
  mayFind: true,
  contents: true,
};
const people = {
  dpo: { ...you, id: dora, isDpo: true, work: true, guarded: true },
  manager: { ...you, id: mia, decide: true, approve: true },
  officer: { ...you, id: 'p-cccccccccc', approve: true },
  auditor: { ...you, id: 'p-dddddddddd' },
};

function viewOf(who: keyof typeof people, said: readonly Said[]): RequestView {
  const events = eventsOf(said);
  const standing = foldEvents(events);
  return {
    id: '00000000-0000-4000-8000-000000000001',
    number: 'DSR-2026-000001',
    seq: events.length,
    standing,
    clock: requestClock(standing, { zone: 'Europe/Berlin', holidays: [] }, now),
    clockFault: null,
    events: events.map((event) => ({ ...event, by: `Name of ${event.actor}` })),
    alike: [{ number: 'DSR-2026-000009', by: 'email', state: 'closed' }],
    may: (Object.keys(eventWords) as EventKind[]).filter((kind) => mayHappen(standing.state, kind)),
    you: people[who],
    recipients: [{ code: 'bank', name: 'Bank that carries the payment', from: 'map' }],
    ties: [],
    purposes: [],
    sendable: [],
    untold: 0,
    serverNow: now.toISOString(),
  };
}

/** One system is enough to show how they stand. */
function collectingOf({ standing, may, you: who }: RequestView): CollectingView | null {
  if (standing.person === null) return null;
  const at = { at: now.toISOString(), by: 'Dora' };
  const found = standing.collected.has('vault') ? { records: 3, digest: sha, ...at } : null;
  return {
    lines: [{ code: 'vault', name: 'Vault', what: 'What is known of the person.', found }],
    can: who.work && may.includes('collected'),
  };
}

const page = (who: keyof typeof people, ...said: Said[]): string =>
  renderToStaticMarkup(
    <AppRouterContext value={router}>
      <RequestScreen view={viewOf(who, said)} collecting={collectingOf(viewOf(who, said))}>
        <p>What the right does</p>
      </RequestScreen>
    </AppRouterContext>,
  );
const buttons = (html: string): string[] =>
  [...html.matchAll(/<button[^>]*>([^<]+)<\/button>/g)]
    .map(([, label]) => label ?? '')
    .filter((label) => label !== 'Copy');

it('every act that a person takes has its form, with a label for each field', () => {
  const view = viewOf('dpo', [opened({ forAnother: true })]);
  const own: EventKind[] = ['collected', 'approved', 'reviewed', 'recipient-told', 'proposed'];
  const kinds = (Object.keys(eventWords) as EventKind[]).filter(
    (kind) => !impersonal.has(kind) && !own.includes(kind),
  );
  for (const kind of kinds) {
    const html = renderToStaticMarkup(plainActs[kind]?.fields(view));
    for (const [, id = ''] of html.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g))
      expect(html, kind).toContain(`for="${id}"`);
    expect(html, kind).not.toBe('');
  }
});

describe('the page of a request', () => {
  it('has one thing to do first, and the others out of the way', () => {
    const html = page('dpo', opened());
    expect(buttons(html)[0]).toBe('Identify the person');
    const [above = '', below = ''] = html.split('<details class="screen-only">');
    expect(buttons(above)).toEqual(['Identify the person', 'Open the texts']);
    expect(buttons(below)).toContain('Note a doubt');
    expect(buttons(below)).toContain('Withdrawn by the person');
  });

  it('takes a file from who works on it, at every stage, and from nobody else', () => {
    for (const said of [[opened()], [...toOpinion(), proposed()]])
      for (const who of Object.keys(people) as (keyof typeof people)[])
        expect(buttons(page(who, ...said)).includes('Add a file')).toBe(who === 'dpo');
  });

  it('collects before it is reviewed, and says what was found in each system', () => {
    const before = page('dpo', opened(), identified);
    expect(buttons(before)).toContain('Collect from every system');
    expect(before).toContain('0 of 1 collected');
    const after = page('dpo', opened(), identified, collected);
    expect(buttons(after)[0]).toBe('Record the legal review');
    expect(after).toContain('3 records');
    expect(buttons(page('auditor', opened(), identified))).toEqual(['Open the texts']);
  });

  it('explains its clock step by step, each with its article', () => {
    const html = page('dpo', opened());
    expect(html).toContain('Our target');
    expect(html).toContain('Regulation 1182/71 Art 3(1)');
    expect(html).toContain('GDPR Art 12(3)');
    expect(html).toContain('16 days left');
  });

  it('shows a pause with its days, and that a question too late suspends nothing', () => {
    expect(page('dpo', opened(), asked('2026-06-06T10:00:00.000Z'))).toContain('to today');
    expect(page('dpo', opened(), asked('2026-06-16T10:00:00.000Z'))).toContain(
      'too late to suspend anything',
    );
  });

  it('keeps opinion and decision visibly apart', () => {
    const html = page('officer', ...toOpinion(), proposed());
    expect(html.indexOf('Opinion of the data protection officer: for it')).toBeGreaterThan(
      html.indexOf('Review and opinion'),
    );
    expect(html).toContain('Decision of the controller');
    expect(html).toContain('It advises and binds nobody');
  });

  it('offers to approve to another person than who proposed, with what is signed in words', () => {
    const said = [...toOpinion(), proposed()];
    expect(buttons(page('officer', ...said))).toContain('Approve with key');
    expect(page('officer', ...said)).toContain('Grant: access and copy, DSR-2026-000001.');
    expect(buttons(page('manager', ...said))).not.toContain('Approve with key');
    expect(page('manager', ...said)).toContain('You proposed it, so another person approves it.');
    expect(buttons(page('dpo', ...said))).not.toContain('Approve with key');
  });

  it('gives who only reads nothing to do but to open the texts', () => {
    expect(buttons(page('auditor', ...toOpinion(), proposed()))).toEqual(['Open the texts']);
    expect(buttons(page('auditor', opened(), identified, collected, reviewed))).toEqual([
      'Open the texts',
    ]);
  });

  it('lists each recipient until it was told or why not', () => {
    const sent: Said = {
      kind: 'fulfilled',
      facts: {
        channel: 'post',
        sentAt: '2026-06-19T10:00:00.000Z',
        digest: sha,
        namesRemedies: false,
      },
    };
    const approved: Said = { kind: 'approved', by: 'p-cccccccccc', facts: { of: 6, events: sha } };
    const done = [...toOpinion({ right: 'erasure' }), proposed(), approved, sent];
    expect(page('dpo', ...done)).toContain('Not yet');
    expect(buttons(page('dpo', ...done))[0]).toBe('Record a recipient');
    const told: Said = { kind: 'recipient-told', facts: { recipient: 'bank', result: 'told' } };
    expect(page('dpo', ...done, told)).not.toContain('Not yet');
    expect(buttons(page('dpo', ...done, told))[0]).toBe('No recipient is left');
  });

  it('does not say that all were told where nobody was', () => {
    const approved: Said = { kind: 'approved', by: 'p-cccccccccc', facts: { of: 6, events: sha } };
    const none: Said = { kind: 'notified', facts: { recipients: 0 } };
    const html = page('auditor', ...toOpinion({ right: 'erasure' }), proposed(), approved, none);
    expect(html).toContain('No recipient is on record, so none was told');
    expect(html).not.toMatch(/recipients told|all recipients/i);
  });

  it('shows nothing of what was written before somebody opens it', () => {
    const html = page('dpo', opened(), identified);
    expect(html).toContain('Sealed.');
    expect(html).toContain('What the right does');
  });
});
