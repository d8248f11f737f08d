import { describe, expect, it } from 'vitest';
import type { Roster, RosterParty } from '#lib/protocol/roster.ts';
import { partyStandings, type PartyFacts } from './party-standings.ts';
import type { PartyWord } from './party-words.ts';
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
    partyStandings(of, { ...none, ...change }).map(({ name, mark }) => [name, mark]),
  );

const none: PartyFacts = {
  roster,
  adopted: new Map(),
  stop: null,
  members: null,
  threshold: null,
  words: new Map(),
};

const word = (change: Partial<PartyWord>): PartyWord => ({
  at: '2026-11-24T11:00:00.000Z',
  answers: true,
  says: [],
  hasSigned: false,
  waitsUntil: null,
  ...change,
});

/** Everybody whom the rule asks has stated. */
const complete: Partial<Standing> = {
  statements: [
    { personId: 'p-raiser', group: null, decision: 'raise' },
    { personId: 'p-control', group: 'control', decision: 'approve' },
    { personId: 'p-custody', group: 'custody', decision: 'cosign' },
  ],
};

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
      marks(standing({ kind: 'freeze', needs: [] }), {
        adopted: new Map([['cold-a', '2026-11-24T11:00:00.000Z']]),
      }),
    ).toMatchObject({ 'cold-a': 'Has it', 'cold-b': 'By document' });
  });

  it('never says that a party signed by the signature alone, which any quorum could have made', () => {
    const signed = standing({ ...complete, state: 'signed' });
    const facts = { members: hot, threshold: 2 };
    expect(marks(signed, facts)).toMatchObject({
      control: 'Chosen to sign',
      custody: 'Chosen to sign',
      recovery: 'Not asked',
    });
    // Three are asked and two sign.
    const needs = [...signed.needs, { group: 'recovery', decision: 'cosign', people: 1 } as const];
    const statements = [
      ...signed.statements,
      { personId: 'p-recovery', group: 'recovery', decision: 'cosign' } as const,
    ];
    expect(marks({ ...signed, needs, statements }, facts)).toMatchObject({
      control: 'May have signed',
      recovery: 'May have signed',
    });
    const [control] = partyStandings(signed, { ...none, ...facts });
    expect(control?.sentence).toContain('Any 2 of control, custody and recovery make one');
  });

  it('says that a party signed, or waits, where the party says so itself', () => {
    const signed = standing({ ...complete, state: 'broadcast' });
    const says = new Map([['control', word({ hasSigned: true })]]);
    expect(marks(signed, { members: hot, threshold: 2, words: says })).toMatchObject({
      control: 'Says it signed',
      custody: 'Chosen to sign',
    });
    const waiting = standing({ ...complete, kind: 'release', state: 'waiting' });
    const waits = new Map([['control', word({ waitsUntil: '2026-11-24T13:00:00.000Z' })]]);
    expect(marks(waiting, { words: waits })).toMatchObject({
      control: 'Says it waits',
      custody: 'Should wait',
      recovery: 'Should wait',
      'cold-a': 'By document',
    });
  });

  it('has no party wait for a withdrawal that it does not sign', () => {
    expect(marks(standing({ ...complete, state: 'waiting' }), { members: hot })).toMatchObject({
      control: 'Should wait',
      recovery: 'Not asked',
    });
  });

  it('says that a party takes a change over which nobody of its group has to state', () => {
    expect(marks(standing({ kind: 'policy-change' }))).toMatchObject({
      recovery: 'Takes it over too',
    });
  });

  it('dates a signed answer and a refusal by their records', () => {
    const at = '2026-11-24T11:00:00.000Z';
    const stop = { party: 'custody', sentence: 'No.', at };
    const told = partyStandings(standing({ kind: 'freeze', needs: [] }), {
      ...none,
      adopted: new Map([['control', at]]),
      stop,
    });
    expect(told.map(({ recordedAt }) => recordedAt)).toEqual([at, at, null, null, null]);
  });
});
