import { expect, it } from 'vitest';
import {
  advised,
  asked,
  collected,
  identified,
  mia,
  opened,
  proposed,
  reviewed,
  sha,
  standingOf,
  toOpinion,
  type Said,
} from '../testing/request-events.ts';
import type { EventFacts } from './event.ts';
import { rights, type Right } from './life.ts';
import { restsOnCollected } from './rests-on.ts';
import { findFault } from './rules.ts';

const propose = (said: readonly Said[], more: Partial<EventFacts<'proposed'>>) =>
  findFault('proposed', {
    standing: standingOf(...said),
    facts: proposed(more).facts as EventFacts<'proposed'>,
    by: { id: mia, isDpo: false },
    seat: null,
    at: new Date('2026-06-20T10:00:00Z'),
  })?.refusal.code;
const uncollected = (right: Right, ...more: Said[]): Said[] => [
  opened({ right }),
  identified,
  ...more,
  reviewed,
  advised,
];

it('whatever the right, nothing is granted of a person of whom nothing was collected', () => {
  for (const right of Object.keys(rights) as Right[])
    expect(propose(uncollected(right), { package: sha }), right).toBe('not-collected');
  const part = { decision: 'grant-in-part', grounds: ['legal-duty'] } as const;
  expect(propose(uncollected('erasure'), { ...part, grounds: ['legal-duty'] })).toBe(
    'not-collected',
  );
});

it('what was collected of one person grants nothing to another', () => {
  const other: Said = {
    kind: 'identified',
    facts: { person: 'ps-bbbbbbbbbbbbbbbb', ground: 'document' },
  };
  expect(propose([...toOpinion({ right: 'erasure' }), other], {})).toBe('not-collected');
  expect(propose([...toOpinion({ right: 'erasure' }), identified], {})).toBeUndefined();
  expect(
    propose([...toOpinion({ right: 'erasure' }), other, collected, reviewed, advised], {}),
  ).toBeUndefined();
});

it('a refusal that says nothing of data needs none collected, and one that does needs it', () => {
  const doubted: Said = { kind: 'doubted', facts: { reason: 'taken-over' } };
  const unclear: Said[] = [
    asked('2026-06-08T10:00:00Z'),
    {
      kind: 'answered',
      facts: { question: 3, answeredAt: '2026-06-20T10:00:00Z', isMissing: true },
    },
  ];
  const refuse = (said: readonly Said[], ...grounds: EventFacts<'proposed'>['grounds']) =>
    propose(said, {
      decision: 'refuse',
      grounds,
      earlier: grounds.includes('excessive') ? ['DSR-2026-000001'] : [],
    });
  expect(refuse(uncollected('access'), 'unfounded')).toBeUndefined();
  expect(refuse(uncollected('access'), 'excessive')).toBeUndefined();
  expect(refuse(uncollected('access', doubted), 'identity-not-shown')).toBeUndefined();
  expect(refuse(uncollected('access', ...unclear), 'not-clarified')).toBeUndefined();
  expect(refuse([opened(), reviewed, advised], 'not-identified')).toBeUndefined();
  expect(propose([opened(), reviewed, advised], { decision: 'nothing-held' })).toBeUndefined();
  expect(refuse(uncollected('access'), 'others-rights')).toBe('not-collected');
  expect(refuse(uncollected('access'), 'unfounded', 'others-rights')).toBe('not-collected');
  expect(restsOnCollected({ decision: 'refuse', grounds: ['authority-not-shown'] })).toBe(false);
});

it('who grants a copy names its package, and no other decision names one', () => {
  for (const right of ['access', 'portability'] as const) {
    expect(propose(toOpinion({ right }), {})).toBe('no-package');
    expect(
      propose(toOpinion({ right }), { decision: 'grant-in-part', grounds: ['others-rights'] }),
    ).toBe('no-package');
    expect(propose(toOpinion({ right }), { package: sha })).toBeUndefined();
    expect(
      propose(toOpinion({ right }), {
        decision: 'refuse',
        grounds: ['others-rights'],
        package: sha,
      }),
    ).toBe('other-package');
  }
  expect(propose(toOpinion({ right: 'restriction' }), { package: sha })).toBe('other-package');
});
