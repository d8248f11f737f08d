import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { foldEvents } from '#lib/privacy/requests/fold.ts';
import type { Right } from '#lib/privacy/requests/life.ts';
import { usesUnder, type RestrictionView } from '#lib/privacy/restriction/view-restrictions.ts';
import { dora, eventsOf, identified, opened } from '#lib/privacy/testing/request-events.ts';
import { PersonRights } from './person-rights.tsx';
import { Rectify } from './rectify.tsx';
import { Restrict } from './restrict.tsx';

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
const shown = (node: ReactNode): string =>
  renderToStaticMarkup(<AppRouterContext value={router}>{node}</AppRouterContext>);

const serverNow = '2026-06-20T10:00:00.000Z';
const you = {
  id: dora,
  isDpo: true,
  work: true,
  decide: false,
  approve: false,
  guarded: true,
  mayFind: true,
  contents: true,
};
const request = (right: Right, more: Partial<typeof you> = {}) => ({
  id: '00000000-0000-4000-8000-000000000001',
  standing: foldEvents(eventsOf([opened({ right }), identified])),
  you: { ...you, ...more },
  serverNow,
});
const none = { restrictions: [], stops: [], canStop: true, hasMore: false };
const standing: RestrictionView = {
  id: '00000000-0000-4000-8000-000000000002',
  seq: 0,
  person: 'ps-aaaaaaaaaaaaaaaa',
  request: 'DSR-2026-000001',
  fields: ['Name'],
  ground: 'The person contests that it is accurate',
  article: '18(1)(a)',
  since: serverNow,
  setBy: 'Dora Petit',
  state: 'standing',
  toldAt: null,
  proposedBy: null,
  liftedAt: null,
  isUnproved: false,
  ...usesUnder(['consent', 'legal-claims']),
  can: { tell: true, propose: false, lift: false },
};

describe('the page of a request', () => {
  it.each([
    ['rectification', 'Restrict all of it now'],
    ['objection', 'Stop marketing'],
    ['withdraw-consent', 'Take the consent back'],
    ['restriction', 'Restrict in part'],
  ] as const)('for %s offers in one press what the law gives at once', (right, words) => {
    expect(shown(<Restrict request={request(right)} view={none} />)).toContain(words);
    expect(shown(<Restrict request={request(right, { work: false })} view={none} />)).toBe('');
  });

  it('for what asks for no restriction shows none', () => {
    expect(shown(<Restrict request={request('access')} view={none} />)).toBe('');
  });

  it('says that no machine alone decides about people, where that is asked', () => {
    expect(shown(<Restrict request={request('not-automated')} view={none} />)).toContain(
      'taken here by a machine alone',
    );
  });

  it('shows a restriction with its ground, what goes on and what waits, and the next step', () => {
    const text = shown(
      <Restrict request={request('rectification')} view={{ ...none, restrictions: [standing] }} />,
    );
    expect(text).toContain('Art 18(1)(a)');
    expect(text).toContain('Goes on: legal claims.');
    expect(text).toContain('Waits.');
    expect(text).toContain('The person was told of the lifting');
    expect(text).not.toContain('Restrict all of it now');
    expect(text).not.toContain('Lift with key');
  });

  it('says that a restriction is lifted only once that is proved, and until then what waits', () => {
    const lifted = { ...standing, state: 'lifted' as const, liftedAt: serverNow };
    const text = (one: RestrictionView) =>
      shown(
        <Restrict request={request('rectification')} view={{ ...none, restrictions: [one] }} />,
      );
    const unproved = text({ ...lifted, isUnproved: true });
    expect(unproved).toContain('Lifting, not proved yet');
    expect(unproved).not.toContain('Lifted');
    expect(unproved).toContain('Waits.');
    expect(unproved).not.toContain('Restrict all of it now');
    expect(text(lifted)).toContain('Lifted');
    expect(text(lifted)).not.toContain('not proved');
  });

  it('names what is to be corrected and shows no value of it', () => {
    const { id } = request('rectification');
    const view = {
      plan: {
        commitment: 'a'.repeat(64),
        seq: 3,
        by: 'Dora Petit',
        at: serverNow,
        fields: ['Name'],
      },
      madeAt: null,
      fields: [{ name: 'full-name', label: 'Name' } as const],
      can: { plan: true, read: true },
    };
    const text = shown(<Rectify request={{ id, seq: 3 }} view={view} />);
    expect(text).toContain('Read the change');
    expect(text).toContain('Write it anew');
    expect(shown(<Rectify request={{ id, seq: 3 }} view={{ ...view, plan: null }} />)).toContain(
      'Write the correction',
    );
    expect(shown(<Rectify request={{ id, seq: 3 }} view={null} />)).toBe('');
  });
});

it('the page of a person shows what waits for a second person to whoever that may be', () => {
  const line = {
    id: '00000000-0000-4000-8000-000000000003',
    fields: ['Name'],
    request: null,
    proposedBy: 'Ada Hofmann',
    proposedAt: serverNow,
    outcome: null,
    decidedBy: null,
    decidedAt: null,
    earlier: ['The earlier value stays.'],
    can: { decide: true, withdraw: false },
  };
  const rights = (can: typeof line.can) =>
    shown(
      <PersonRights
        person="ps-aaaaaaaaaaaaaaaa"
        restrictions={none}
        corrections={{
          lines: [{ ...line, can }],
          hasMore: false,
          fields: [],
          can: { propose: false },
        }}
        asksConsent
        serverNow={serverNow}
      />,
    );
  expect(rights(line.can)).toContain('Make it so');
  expect(rights(line.can)).toContain('Take the consent back');
  expect(rights({ decide: false, withdraw: true })).toContain('Take it back');
  expect(rights({ decide: false, withdraw: false })).not.toContain('Make it so');
});
