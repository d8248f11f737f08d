import { describe, expect, it } from 'vitest';
import type { RosterPerson, Seats } from '#lib/protocol/roster.ts';
import {
  findDecisionRefusal,
  openNeeds,
  stateFromStatements,
  type Person,
  type Standing,
} from './standing.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const scopes = new Set(['operation:decide']);
const raiser: Person = { personId: 'p-raiser', scopes };
const approver: Person = { personId: 'p-approver', scopes };
const cosigner: Person = { personId: 'p-cosigner', scopes };
const reader: Person = { personId: 'p-reader', scopes: new Set() };

const seat = ({ personId }: Person, group: RosterPerson['group']): RosterPerson => ({
  id: personId,
  roles: ['officer'],
  group,
  credentials: [],
});
const roster: Seats = {
  people: [
    seat(raiser, null),
    seat(approver, 'control'),
    seat(cosigner, 'custody'),
    seat(reader, 'control'),
  ],
};

const standing = (change: Partial<Standing> = {}): Standing => ({
  kind: 'withdrawal',
  state: 'raised',
  raisedBy: raiser.personId,
  roster,
  expiresAt: new Date('2026-11-24T12:00:00.000Z'),
  needs: [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
  statements: [{ personId: raiser.personId, group: null, decision: 'raise' }],
  delaySeconds: 0,
  secondChannel: false,
  waitingUntil: null,
  adoptedBy: [],
  mayBeSigned: false,
  ...change,
});

const codeOf = (refusal: ReturnType<typeof findDecisionRefusal>) => refusal?.refusal.code ?? null;
const approved = [
  ...standing().statements,
  { personId: approver.personId, group: 'control', decision: 'approve' },
] as const;

describe('who may decide', () => {
  it('lets an approver approve and nobody else', () => {
    expect(findDecisionRefusal(standing(), approver, 'approve', now)).toBeNull();
    expect(codeOf(findDecisionRefusal(standing(), cosigner, 'approve', now))).toBe('wrong-group');
    expect(codeOf(findDecisionRefusal(standing(), reader, 'approve', now))).toBe('not-allowed');
  });

  it('never lets the raiser approve, whatever group they are in', () => {
    const people = [seat(raiser, 'control'), seat(approver, 'control')];
    const inGroup = standing({ roster: { people } });
    expect(codeOf(findDecisionRefusal(inGroup, raiser, 'approve', now))).toBe(
      'raiser-cannot-decide',
    );
  });

  it('says to the raiser how many others of which group must', () => {
    const needs = [
      { group: 'control', decision: 'approve', people: 2 },
      { group: 'custody', decision: 'cosign', people: 1 },
    ] as const;
    const sentence = (change: Partial<Standing>, decision: 'approve' | 'cosign') =>
      findDecisionRefusal(standing({ needs, ...change }), raiser, decision, now)?.refusal.sentence;
    expect(sentence({}, 'approve')).toBe(
      'You raised this withdrawal, so you cannot approve it. Two others of Control must.',
    );
    expect(sentence({ statements: approved }, 'approve')).toContain('One other of Control must.');
    expect(sentence({}, 'cosign')).toContain('cannot co-sign it. One other of Custody must.');
  });

  it('says what a person did already', () => {
    const twice = standing({
      needs: [{ group: 'control', decision: 'approve', people: 2 }],
      statements: approved,
    });
    expect(findDecisionRefusal(twice, approver, 'approve', now)?.refusal.sentence).toBe(
      'You have approved this withdrawal already. A person counts once.',
    );
  });

  it('counts a person once', () => {
    const twice = standing({
      needs: [{ group: 'control', decision: 'approve', people: 2 }],
      statements: approved,
    });
    expect(codeOf(findDecisionRefusal(twice, approver, 'approve', now))).toBe('already-stated');
  });

  it('asks for approval before a co-signature', () => {
    expect(codeOf(findDecisionRefusal(standing(), cosigner, 'cosign', now))).toBe('approval-first');
    expect(
      findDecisionRefusal(
        standing({ state: 'approved', statements: approved }),
        cosigner,
        'cosign',
        now,
      ),
    ).toBeNull();
  });

  it('closes at the expiry, to the millisecond', () => {
    const { expiresAt } = standing();
    expect(
      findDecisionRefusal(standing(), approver, 'approve', new Date(expiresAt.getTime() - 1)),
    ).toBeNull();
    expect(codeOf(findDecisionRefusal(standing(), approver, 'approve', expiresAt))).toBe(
      'operation-expired',
    );
  });

  it('stops nothing once a signature may exist', () => {
    const reopened = standing({ state: 'raised', mayBeSigned: true });
    expect(codeOf(findDecisionRefusal(reopened, approver, 'reject', now))).toBe('may-be-signed');
    const held = standing({ state: 'held', mayBeSigned: true });
    expect(codeOf(findDecisionRefusal(held, approver, 'reject', now))).toBe('may-be-signed');
    expect(codeOf(findDecisionRefusal(held, raiser, 'cancel', now))).toBe('may-be-signed');
    expect(
      findDecisionRefusal({ ...held, mayBeSigned: false }, approver, 'reject', now),
    ).toBeNull();
  });

  it('says in every state how that goes on of which a signature may exist', () => {
    const said = (state: Standing['state'], at: Date) =>
      findDecisionRefusal(standing({ state, mayBeSigned: true }), approver, 'reject', at)?.refusal
        .sentence ?? '';
    const { expiresAt } = standing();
    expect(said('held', now)).toContain('Its raiser can start a new attempt.');
    expect(said('held', expiresAt)).toContain('nobody here can end it or start a new attempt');
    expect(said('cosigned', now)).toContain('so it goes on');
    for (const state of ['raised', 'approved'] as const) {
      expect(said(state, now)).toContain('waits for the statements of its new attempt');
      expect(said(state, expiresAt)).toContain('held again');
    }
    const late = standing({ state: 'raised', mayBeSigned: true });
    const approval = findDecisionRefusal(late, approver, 'approve', expiresAt);
    expect(codeOf(approval)).toBe('operation-expired');
    expect(approval?.refusal.sentence).not.toContain('Raise a new one');
  });

  it('stops a withdrawal that has not begun, and nothing else that is co-signed', () => {
    const waiting = standing({ state: 'cosigned' });
    expect(findDecisionRefusal(waiting, raiser, 'cancel', now)).toBeNull();
    expect(findDecisionRefusal(waiting, approver, 'reject', now)).toBeNull();
    expect(codeOf(findDecisionRefusal(waiting, approver, 'approve', now))).toBe('operation-closed');
    const begun = findDecisionRefusal({ ...waiting, mayBeSigned: true }, approver, 'reject', now);
    expect(codeOf(begun)).toBe('may-be-signed');
    for (const kind of ['key-ceremony', 'roster-change', 'destination-listing'] as const)
      expect(codeOf(findDecisionRefusal({ ...waiting, kind }, approver, 'reject', now))).toBe(
        'operation-closed',
      );
  });

  it('leaves cancelling to the raiser and rejecting to the others', () => {
    expect(findDecisionRefusal(standing(), raiser, 'cancel', now)).toBeNull();
    expect(codeOf(findDecisionRefusal(standing(), approver, 'cancel', now))).toBe(
      'only-raiser-cancels',
    );
    expect(codeOf(findDecisionRefusal(standing(), raiser, 'reject', now))).toBe(
      'raiser-cannot-decide',
    );
  });
});

describe('somebody who stands in for another', () => {
  const delegate: Person = { personId: 'p-delegate', scopes };
  const second: Person = { personId: 'p-second', scopes };
  const notAfter = '2026-11-24T11:00:00.000Z';
  const lent: Seats = {
    people: [...roster.people, seat(delegate, null), seat(second, null)],
    delegations: [delegate, second].map(({ personId }) => ({
      from: approver.personId,
      to: personId,
      notAfter,
    })),
  };
  const needs = [
    { group: 'control', decision: 'approve', people: 2 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ] as const;
  const by = ({ personId }: Person) =>
    standing({
      roster: lent,
      needs,
      statements: [...standing().statements, { personId, group: 'control', decision: 'approve' }],
    });

  it('may approve for that group until the delegation ends, to the millisecond', () => {
    const open = standing({ roster: lent });
    const end = Date.parse(notAfter);
    expect(findDecisionRefusal(open, delegate, 'approve', now)).toBeNull();
    expect(findDecisionRefusal(open, delegate, 'approve', new Date(end - 1))).toBeNull();
    expect(codeOf(findDecisionRefusal(open, delegate, 'approve', new Date(end)))).toBe(
      'wrong-group',
    );
    expect(codeOf(findDecisionRefusal(open, delegate, 'cosign', now))).toBe('wrong-group');
  });

  it('never states beside whom they stand in for, in either order', () => {
    expect(codeOf(findDecisionRefusal(by(approver), delegate, 'approve', now))).toBe('one-voice');
    expect(codeOf(findDecisionRefusal(by(delegate), approver, 'approve', now))).toBe('one-voice');
  });

  it('never states beside somebody else who stands in for the same one', () => {
    expect(codeOf(findDecisionRefusal(by(delegate), second, 'approve', now))).toBe('one-voice');
  });

  it('states beside others of the group', () => {
    expect(codeOf(findDecisionRefusal(by(reader), delegate, 'approve', now))).toBeNull();
  });

  it('stops what they approved when the delegation ends, because parties refuse the set then', () => {
    const ended = new Date(notAfter);
    expect(codeOf(findDecisionRefusal(by(delegate), approver, 'approve', ended))).toBe(
      'voice-lapsed',
    );
    const other: Person = { ...reader, scopes };
    expect(codeOf(findDecisionRefusal(by(delegate), other, 'approve', ended))).toBe('voice-lapsed');
    expect(codeOf(findDecisionRefusal(by(delegate), cosigner, 'cosign', ended))).toBe(
      'voice-lapsed',
    );
    expect(findDecisionRefusal(by(delegate), raiser, 'cancel', ended)).toBeNull();
  });
});

describe('the state that follows', () => {
  it('goes raised, approved, cosigned as needs are met', () => {
    expect(stateFromStatements(standing())).toBe('raised');
    expect(stateFromStatements(standing({ statements: approved }))).toBe('approved');
    const all = [
      ...approved,
      { personId: cosigner.personId, group: 'custody', decision: 'cosign' },
    ] as const;
    expect(stateFromStatements(standing({ statements: all }))).toBe('cosigned');
  });

  it('is not moved by the same person stating twice', () => {
    const needs = [{ group: 'control', decision: 'approve', people: 2 }] as const;
    const repeated = [
      ...approved,
      { personId: approver.personId, group: 'control', decision: 'approve' },
    ] as const;
    expect(openNeeds(standing({ needs, statements: repeated }))[0]?.stated).toBe(1);
  });
});

describe('who may still say no', () => {
  const later = new Date(now.getTime() + 60_000);
  const change = { kind: 'roster-change', delaySeconds: 60 } as const;

  it('is any officer while an operation waits, until it is carried out', () => {
    const waiting = standing({ ...change, state: 'waiting', waitingUntil: later });
    expect(findDecisionRefusal(waiting, cosigner, 'reject', now)).toBeNull();
    expect(findDecisionRefusal(waiting, raiser, 'cancel', now)).toBeNull();
    expect(codeOf(findDecisionRefusal(waiting, cosigner, 'approve', now))).toBe('operation-closed');
    expect(codeOf(findDecisionRefusal(waiting, cosigner, 'reject', later))).toBe(
      'in-force-already',
    );
    const taken = { ...waiting, adoptedBy: ['control'] };
    expect(codeOf(findDecisionRefusal(taken, cosigner, 'reject', now))).toBe('in-force-already');
  });

  it('is any officer before the parties have begun to wait, where they will', () => {
    const complete = standing({ ...change, state: 'cosigned' });
    expect(findDecisionRefusal(complete, cosigner, 'reject', now)).toBeNull();
    const atOnce = standing({ ...change, delaySeconds: 0, state: 'cosigned' });
    expect(codeOf(findDecisionRefusal(atOnce, cosigner, 'reject', now))).toBe('operation-closed');
  });

  it('is any officer while a withdrawal waits, whose share nobody has given away', () => {
    const waiting = standing({ state: 'waiting', waitingUntil: now, delaySeconds: 60 });
    expect(findDecisionRefusal(waiting, cosigner, 'reject', later)).toBeNull();
    const released = { ...waiting, mayBeSigned: true };
    expect(codeOf(findDecisionRefusal(released, cosigner, 'reject', now))).toBe('may-be-signed');
  });

  it('is nobody about a stop: it stands from the moment it was stated', () => {
    const stop = standing({ kind: 'freeze', state: 'cosigned', needs: [] });
    for (const decision of ['reject', 'cancel'] as const)
      expect(codeOf(findDecisionRefusal(stop, raiser, decision, now))).toBe('operation-closed');
    expect(stateFromStatements(stop)).toBe('cosigned');
  });
});
