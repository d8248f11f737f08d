import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { DecisionView } from '#lib/operations/view-decisions.ts';
import { ChainDecision } from './chain-decision.tsx';

// Actions stand behind it, and no button is pressed here.
vi.mock('server-only', () => ({}));

const router = { refresh: () => undefined } as unknown as React.ContextType<
  typeof AppRouterContext
>;
const places = [
  { words: 'BTC of hot-1', comparedAt: '2026-11-29T10:00:00.000Z' },
  { words: 'BTC of warm-1', comparedAt: '2026-11-29T11:00:00.000Z' },
];
const hold = '00000000-0000-4000-8000-000000000001';

const textOf = (decision: DecisionView): string =>
  renderToStaticMarkup(
    <AppRouterContext.Provider value={router}>
      <ChainDecision chain="bip122:0f9188f13cb7b2c71f2a335e3a4fc328" decision={decision} />
    </AppRouterContext.Provider>,
  )
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

it('going on without places names each of them, when it was compared last, and why it counts', () => {
  const text = textOf({
    kind: 'go-on-uncompared',
    hold,
    places,
    foundAt: null,
    asked: null,
    signed: null,
  });
  expect(text).toMatch(/They count because .* BTC of hot-1, compared last .* BTC of warm-1, /);
  expect(text).toContain('Ask with key: let Bitcoin, sandbox go on without 2 places');
});

it('whoever agrees reads who asked, and which places they leave out', () => {
  const asked = { id: hold, by: 'Ada Hofmann', at: '2026-11-30T10:00:00.000Z', isOwn: false };
  const text = textOf({
    kind: 'go-on-uncompared',
    hold,
    foundAt: null,
    places,
    asked: { ...asked, places: ['BTC of hot-1', 'BTC of warm-1'] },
    signed: null,
  });
  expect(text).toMatch(/Ada Hofmann asked to let it go on .*\(BTC of hot-1, BTC of warm-1\)/);
  expect(text).toContain('Agree with key: Bitcoin, sandbox goes on without 2 places');
  expect(text, 'or asks beside them').toContain('Ask with key: let Bitcoin, sandbox go on');
});

it('whoever has asked takes their word back, and agrees to nothing', () => {
  const asked = { id: hold, by: 'Ada Hofmann', at: '2026-11-30T10:00:00.000Z', places: [] };
  const of = { kind: 'go-on', hold, places: [], foundAt: null, signed: null } as const;
  const text = textOf({ ...of, places: [], asked: { ...asked, isOwn: true } });
  expect(text).toContain('Take your word back');
  expect(text).not.toContain('with key');
});

it('more places than one decision can name are left out by none', () => {
  const many = Array.from({ length: 2_001 }, () => places)
    .flat()
    .slice(0, 2_001);
  const text = textOf({
    kind: 'go-on-uncompared',
    hold,
    places: many,
    foundAt: null,
    asked: null,
    signed: null,
  });
  expect(text).toContain('one decision names 2,000 at most');
  expect(text).not.toContain('with key');
});

it('going on says that places have to be compared first, as long as there are some', () => {
  const first = 'have to be compared first';
  expect(
    textOf({ kind: 'go-on', hold, places, foundAt: null, asked: null, signed: null }),
  ).toContain(first);
  expect(
    textOf({ kind: 'go-on', hold, places: [], foundAt: null, asked: null, signed: null }),
  ).not.toContain(first);
});

it('what two people have signed waits for the worker, and is asked for anew only where it was not found proved', () => {
  const at = '2026-11-30T10:00:00.000Z';
  const shown = (isChecked: boolean, isEnded = false) =>
    textOf({
      kind: 'go-on',
      hold,
      places: [],
      foundAt: null,
      asked: null,
      signed: { at, isChecked, isEnded },
    });
  expect(shown(true)).toContain('The worker checks the keys of both before anything happens.');
  expect(shown(true)).not.toContain('with key');
  expect(shown(false)).toContain('The worker has not found that proved.');
  expect(shown(false)).toContain('Ask with key: let Bitcoin, sandbox go on');
  expect(shown(false, true)).toContain('A key that signed it was stopped since');
  expect(shown(false, true)).toContain('Ask with key: let Bitcoin, sandbox go on');
});
