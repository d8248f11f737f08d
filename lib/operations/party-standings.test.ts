import { describe, expect, it } from 'vitest';
import type { Roster, RosterParty } from '#lib/protocol/roster.ts';
import { partyStandings, type PartyFacts } from './party-standings.ts';
import type { Standing } from './standing.ts';

const party = (name: string, group: RosterParty['group'], index: number): RosterParty => ({
  name,
  group,
  index,
  identityKey: '00'.repeat(32),
  exchangeKey: '00'.repeat(32),
});

const roster: Roster = {
  type: 'countersign/roster/v1',
  organisation: 'sample-custodian',
  environment: 'sandbox',
  version: 1,
  previous: null,
  relyingParty: { id: 'localhost', origins: ['http://localhost:3000'] },
  people: [],
  parties: [
    party('control', 'control', 1),
    party('custody', 'custody', 2),
    party('recovery', 'recovery', 3),
    { ...party('cold-a', 'custody', 4), cold: true },
    { ...party('cold-b', 'recovery', 5), cold: true },
  ],
};

const standing = (change: Partial<Standing>): Standing => ({
  kind: 'withdrawal',
  state: 'raised',
  raisedBy: 'p-raiser',
  roster,
  expiresAt: new Date('2026-11-24T12:00:00.000Z'),
  needs: [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
  statements: [{ personId: 'p-raiser', group: null, decision: 'raise' }],
  delaySeconds: 0,
  secondChannel: false,
  waitingUntil: null,
  adoptedBy: [],
  mayBeSigned: false,
  ...change,
});

const marks = (of: Standing, change: Partial<PartyFacts> = {}): Record<string, string> =>
  Object.fromEntries(
    partyStandings(of, { roster, adopted: new Set(), stop: null, members: null, ...change }).map(
      ({ name, mark }) => [name, mark],
    ),
  );

const hot = ['control', 'custody', 'recovery'];
const cold = ['control', 'cold-a', 'cold-b'];

describe('where parties stand', () => {
  it('says that cold parties have no part in a withdrawal from a vault whose key they do not share', () => {
    for (const state of ['raised', 'waiting', 'signed', 'confirmed'] as const)
      expect(marks(standing({ state }), { members: hot })).toMatchObject({
        'cold-a': 'No part in it',
        'cold-b': 'No part in it',
      });
  });

  it('asks a cold party for a withdrawal from its own vault like any other, and no party beside', () => {
    expect(marks(standing({}), { members: cold })).toEqual({
      control: 'Waits for Control',
      custody: 'No part in it',
      recovery: 'No part in it',
      'cold-a': 'Waits for Custody',
      'cold-b': 'Not asked',
    });
  });

  it('says that what parties adopt reaches cold ones by document and waits for none of them', () => {
    expect(marks(standing({ kind: 'freeze', state: 'cosigned', needs: [] }))).toMatchObject({
      control: 'Is handed it',
      'cold-a': 'By document',
      'cold-b': 'By document',
    });
    expect(marks(standing({ kind: 'release', state: 'raised' }))).toMatchObject({
      custody: 'Waits for Custody',
      'cold-a': 'By document',
    });
  });

  it('promises cold parties nothing of an operation that ended without effect', () => {
    expect(marks(standing({ kind: 'release', state: 'rejected' }))).toMatchObject({
      'cold-a': 'Not asked',
    });
  });

  it('says that a cold party has a change which it took over', () => {
    expect(
      marks(standing({ kind: 'freeze', needs: [] }), { adopted: new Set(['cold-a']) }),
    ).toMatchObject({ 'cold-a': 'Has it', 'cold-b': 'By document' });
  });
});
