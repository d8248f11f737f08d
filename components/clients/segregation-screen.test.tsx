import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { AddressLine, SegregationView } from '#lib/clients/segregation/view-segregation.ts';
import { SegregationScreen } from './segregation-screen.tsx';

// Actions stand behind it, and no button is pressed here.
vi.mock('server-only', () => ({}));
const nothing = () => undefined;
const router = {
  refresh: nothing,
  push: nothing,
  prefetch: nothing,
} as unknown as React.ContextType<typeof AppRouterContext>;

const chain = 'bip122:000000000019d6689c085ae165831e93';
const address = (last: string): string => `bc1p${'q7'.repeat(28)}${last}`;
const house: AddressLine = {
  chain,
  address: address('0h'),
  className: 'The custodian’s own',
  client: null,
  source: 'vault',
  branch: null,
  vault: 'hot-1',
};
const line = (client: string, branch: 'receive' | 'change'): AddressLine => ({
  ...house,
  address: address(branch === 'change' ? '1c' : '1r'),
  className: 'One client alone',
  client,
  source: 'account',
  branch,
});

const view = (more: Partial<SegregationView> = {}): SegregationView => ({
  addresses: [house],
  total: 1,
  accounts: {
    lines: [line('C-20418', 'receive'), line('C-20418', 'change')],
    total: 120,
    find: null,
    next: address('1c'),
  },
  breaches: [],
  found: 0,
  checks: [],
  next: null,
  chains: [chain],
  clients: ['C-20418'],
  canWrite: false,
  ...more,
});

const drawn = (...[shown, part = 'all']: [SegregationView, ('all' | 'accounts' | 'checks')?]) =>
  renderToStaticMarkup(
    <AppRouterContext.Provider value={router}>
      <SegregationScreen view={shown} part={part} />
    </AppRouterContext.Provider>,
  );
/** What a reader hears or copies: no gaps within an address. */
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, '');

it('every account stands there with its whole address, its client, and whether it is for coming in or for change', () => {
  const text = textOf(drawn(view()));
  for (const part of [address('0h'), address('1r'), address('1c')]) expect(text).toContain(part);
  expect(text).toContain('One client alone: C-20418');
  expect(text).toContain('Deposits in hot-1');
  expect(text).toContain('Change in hot-1');
  expect(text).toContain('2 of 120 accounts');
});

it('a page of what was looked for keeps what it was looked for by, and shows accounts alone', () => {
  const { accounts } = view();
  const html = drawn(view({ accounts: { ...accounts, find: 'C-20418' } }), 'accounts');
  expect(html).toContain(`?accounts=${address('1c')}&amp;find=C-20418`);
  expect(textOf(html)).not.toContain(address('0h'));
  const none = drawn(
    view({ accounts: { lines: [], total: 0, find: 'x', next: null } }),
    'accounts',
  );
  expect(textOf(none)).toContain('No account has this address or client.');
});

it('a breach of an owner names the asset, the owner and the amount; of many the first are shown, and how many there are', () => {
  const breach = {
    words: 'A client is owed more than lies at the client’s own addresses',
    subject: 'BTC',
    chain: null,
    about: 'C-20418',
    amount: { asset: 'BTC', text: '0.00000009' },
  };
  const check = {
    id: 'one',
    at: '2026-11-30T05:00:00.000Z',
    by: 'The worker, daily',
    found: 7,
    incident: 'INC-2026-000001',
    digest: 'ab'.repeat(32),
  };
  const text = textOf(drawn(view({ breaches: [breach], found: 7, checks: [check] })));
  expect(text).toContain('BTC, C-20418');
  expect(text).toContain('found 7 breaches');
  expect(text).toContain('The first 1 of 7.');
});
