import { describe, expect, test } from 'vitest';
import type { Standing } from '#lib/operations/standing.ts';
import type { RosterPerson } from '#lib/protocol/roster.ts';
import { chooseColleague, type Candidate } from './choose-colleague.ts';

const now = new Date('2026-11-24T08:00:00.000Z');

const colleague = (handle: string): Candidate => ({
  handle,
  personId: handle,
  scopes: new Set(['operation:decide']),
});
const ada = colleague('ada');
const marek = colleague('marek');
const lena = colleague('lena');
const ines = colleague('ines');
const groups = { ada: null, marek: 'control', lena: 'control', ines: 'custody' } as const;
const people = Object.entries(groups).map(([id, group]): RosterPerson => ({
  id,
  roles: ['officer'],
  group,
  credentials: [],
}));
const everybody = [ada, marek, lena, ines];

/** A withdrawal that a guest raised; it asks for two approvers and a co-signer. */
const withdrawal: Standing = {
  kind: 'withdrawal',
  state: 'raised',
  raisedBy: 'guest',
  roster: { people },
  expiresAt: new Date(now.getTime() + 60_000),
  needs: [
    { group: 'control', decision: 'approve', people: 2 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
  statements: [{ personId: 'guest', group: null, decision: 'raise' }],
  delaySeconds: 0,
  secondChannel: false,
  waitingUntil: null,
  adoptedBy: [],
  mayBeSigned: false,
};

const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

describe('choosing a colleague', () => {
  test('takes the first who may, in the order of the team', () => {
    expect(chooseColleague(withdrawal, everybody, 'approve', now)).toEqual({
      ok: true,
      value: marek,
    });
  });

  test('passes over who raised it', () => {
    const byMarek = { ...withdrawal, raisedBy: 'marek' };
    expect(chooseColleague(byMarek, everybody, 'approve', now)).toEqual({ ok: true, value: lena });
  });

  test('says that nobody is free when each has a reason of their own', () => {
    const byMarek: Standing = {
      ...withdrawal,
      raisedBy: 'marek',
      statements: [{ personId: 'lena', group: 'control', decision: 'approve' }],
    };
    expect(chooseColleague(byMarek, everybody, 'approve', now)).toEqual(refusal('no-colleague'));
  });

  test('says that a guest cancels what a guest raised', () => {
    expect(chooseColleague(withdrawal, everybody, 'cancel', now)).toEqual(refusal('no-colleague'));
  });

  test('prefers the reason of the operation over those of the people', () => {
    expect(chooseColleague(withdrawal, everybody, 'cosign', now)).toEqual(
      refusal('approval-first'),
    );
    const late = { ...withdrawal, expiresAt: now };
    expect(chooseColleague(late, everybody, 'approve', now)).toEqual(refusal('operation-expired'));
  });

  test('gives the reason of the one person who was asked', () => {
    expect(chooseColleague(withdrawal, [ines], 'approve', now)).toEqual(refusal('wrong-group'));
  });
});
