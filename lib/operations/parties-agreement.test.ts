import { describe, expect, it } from 'vitest';
import { describeAgreement } from './parties-agreement.ts';
import type { PartyStatusView, PartyView } from './view-parties.ts';

const status = (of: { roster?: string; policy?: string; freezes?: string[] }) =>
  ({
    heads: { roster: of.roster ?? 'r1', policy: of.policy ?? 'p1', audit: null },
    freezes: (of.freezes ?? []).map((operation) => ({ operation, since: '', scope: null })),
  }) as unknown as PartyStatusView;

const party = (name: string, said: PartyStatusView | null, isCold = false): PartyView => ({
  name,
  group: null,
  isCold,
  origin: null,
  expected: 'online',
  reportedAt: null,
  status: said,
  sentence: null,
  clockSkewMs: null,
  isBehind: false,
  lastDecision: null,
});

describe('what is said of the parties together', () => {
  it('is that all agree only where every one that has a network answers and holds the same', () => {
    const three = [
      party('control', status({ freezes: ['a', 'b'] })),
      party('custody', status({ freezes: ['b', 'a'] })),
      party('recovery', status({ freezes: ['a', 'b'] })),
      party('cold-a', null, true),
    ];
    expect(describeAgreement(three)).toEqual({
      state: 'agree',
      sentence: 'All 3 parties agree.',
      differing: [],
    });
  });

  it('names who holds what where they differ, and that nothing is signed', () => {
    const answer = describeAgreement([
      party('control', status({})),
      party('custody', status({})),
      party('recovery', status({ policy: 'p0', freezes: ['a'] })),
    ]);
    expect(answer.differing).toEqual(['policy', 'freezes']);
    expect(answer.sentence).toBe(
      'They differ in the policy: control and custody, against recovery. They differ in the freezes: control and custody, against recovery. They sign nothing until they hold the same.',
    );
  });

  it('never calls a silent party one that agrees', () => {
    const some = [
      party('control', status({})),
      party('custody', null),
      party('recovery', status({})),
    ];
    expect(describeAgreement(some)).toMatchObject({
      state: 'some-silent',
      sentence: '2 of 3 parties agree. Party custody does not answer.',
    });
    const resting = { ...party('recovery', null), expected: 'offline' as const };
    expect(describeAgreement([...some.slice(0, 1), party('custody', status({})), resting])).toEqual(
      {
        state: 'agree',
        sentence: '2 of 3 parties agree. Party recovery is off.',
        differing: [],
      },
    );
    expect(describeAgreement([party('control', null)]).sentence).toBe('No party answers.');
  });
});
