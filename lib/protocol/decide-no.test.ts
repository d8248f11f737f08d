import { describe, expect, test } from 'vitest';
import { decideNo } from './decide-no.ts';
import type { DecideInput } from './decide-input.ts';
import type { PartyRefusal } from './refusals.ts';
import type { Roster } from './roster.ts';
import { refusalOf } from './testing/changed-input.ts';
import { acceptedInput, freeze, nextPolicy, policyTightening } from './testing/every-kind.ts';
import { rosterWith, rosterWithKey } from './testing/refusal-cases/case.ts';
import {
  at,
  inputFor,
  keys,
  NOW,
  press,
  roster,
  say,
  statementOf,
  withdrawal,
  type Name,
} from './testing/sample.ts';

const PARTY_ORIGIN = 'http://localhost:3101';
/** The roster in which parties show their own pages. */
const withPages: Roster = {
  ...roster,
  parties: roster.parties.map((party) =>
    party.name === 'control' ? { ...party, origin: PARTY_ORIGIN } : party,
  ),
};
type Ground = Parameters<typeof decideNo>[1];
const ground = (changes: Partial<Ground> = {}): Ground => ({
  ...inputFor(withdrawal),
  roster: withPages,
  ...changes,
});
const refusal = (candidate: unknown, changes: Partial<Ground> = {}): PartyRefusal | null => {
  const answer = decideNo(candidate, ground(changes));
  return answer.ok ? null : answer.refusal;
};

describe('a no counts by itself', () => {
  test.each<Name>(['raisa', 'adam', 'cora', 'remy', 'anna'])(
    'from %s, who may raise or state something',
    (name) => {
      for (const decision of ['reject', 'cancel'] as const)
        expect(refusal(say(name, decision, withdrawal))).toBeNull();
    },
  );

  test('with nothing known of the operation, however late, and whatever it ends', () => {
    const no = say('kim', 'reject', withdrawal, { expiresAt: at(1) });
    expect(refusal(no, { now: at(10 * 365 * 86_400) })).toBeNull();
    const { party } = ground();
    const ended = [{ operation: withdrawal.operation, attempt: 100 }];
    expect(
      refusal(no, { party: { ...party, endedAttempts: ended, destinations: [], vaults: [] } }),
    ).toBeNull();
    expect(refusal(no, { policy: nextPolicy() })).toBeNull();
  });

  test("at the console's origin and at a party's own, and nowhere else", () => {
    const pressedAt = (origin: string) => say('kim', 'reject', withdrawal, {}, { origin });
    expect(refusal(pressedAt(PARTY_ORIGIN))).toBeNull();
    expect(refusal(pressedAt('http://localhost:3000'))).toBeNull();
    expect(refusal(pressedAt('http://localhost:3102'))).toBe('origin-not-allowed');
    expect(refusal(pressedAt(`${PARTY_ORIGIN}0`))).toBe('origin-not-allowed');
    expect(refusal(pressedAt(PARTY_ORIGIN), { roster })).toBe('origin-not-allowed');
  });

  test('from somebody who has no say it does not', () => {
    expect(refusal(say('otto', 'reject', withdrawal))).toBe('no-not-entitled');
    const delegated = {
      ...withPages,
      delegations: [{ from: 'p-raisaaaaaa', to: 'p-ottoaaaaaa', notAfter: at(60) }],
    };
    expect(refusal(say('otto', 'reject', withdrawal), { roster: delegated })).toBe(
      'no-not-entitled',
    );
  });

  test('with a key that does not count it does not', () => {
    const no = say('kim', 'reject', withdrawal);
    const { party } = ground();
    const revokedCredentials = [keys.kim.credentialId];
    expect(refusal(no, { party: { ...party, revokedCredentials } })).toBe('credential-revoked');
    expect(refusal(no, { roster: rosterWithKey('kim', { revokedAt: at(60) }, withPages) })).toBe(
      'credential-revoked',
    );
    expect(refusal(no, { roster: rosterWithKey('kim', { notAfter: NOW }, withPages) })).toBe(
      'credential-expired',
    );
    expect(refusal(no, { roster: rosterWith('kim', () => ({ notAfter: NOW }), withPages) })).toBe(
      'credential-expired',
    );
    expect(
      refusal(no, {
        roster: {
          ...withPages,
          people: withPages.people.filter(({ id }) => id !== 'p-kimaaaaaaa'),
        },
      }),
    ).toBe('person-unknown');
    expect(refusal(press(statementOf('kim', 'reject', withdrawal), keys.cora))).toBe(
      'credential-of-another-person',
    );
  });

  test.each<[string, unknown, PartyRefusal]>([
    ['an approval', say('adam', 'approve', withdrawal), 'not-a-no'],
    ['a raise', say('raisa', 'raise', withdrawal), 'not-a-no'],
    ['a co-signature', say('cora', 'cosign', withdrawal), 'not-a-no'],
    [
      'a no for another organisation',
      say('kim', 'reject', withdrawal, { organisation: 'other' }),
      'wrong-organisation',
    ],
    [
      'a no for another environment',
      say('kim', 'reject', withdrawal, { environment: 'production' }),
      'wrong-environment',
    ],
    [
      'a no under a roster to come',
      say('kim', 'reject', withdrawal, { rosterVersion: 2 }),
      'roster-version-unknown',
    ],
    [
      'a no under a policy to come',
      say('kim', 'reject', withdrawal, { policyVersion: 2 }),
      'policy-version-unknown',
    ],
    [
      'a no without a reason',
      say('kim', 'reject', withdrawal, { reason: null }),
      'statement-reason-wrong',
    ],
    [
      'a no from the future',
      say('kim', 'reject', withdrawal, { issuedAt: at(60.001) }),
      'statement-not-yet-valid',
    ],
    [
      'a no whose key press was for another',
      {
        ...say('kim', 'reject', withdrawal),
        assertion: say('kim', 'cancel', withdrawal).assertion,
      },
      'challenge-mismatch',
    ],
    ['a no without PIN', say('kim', 'reject', withdrawal, {}, { uv: false }), 'user-not-verified'],
    ['a list of noes', [say('kim', 'reject', withdrawal)], 'statements-malformed'],
    ['nothing', null, 'statements-malformed'],
  ])('%s is none', (_, candidate, expected) => expect(refusal(candidate)).toBe(expected));
});

describe("a key press at a party's own page is a no or a stop, never a yes", () => {
  const there = { origin: PARTY_ORIGIN };
  const decided = (changes: Partial<DecideInput>): PartyRefusal | null =>
    refusalOf(acceptedInput(withdrawal, { roster: withPages, ...changes }));
  const [raise, approve, cosign] = [
    say('raisa', 'raise', withdrawal),
    say('adam', 'approve', withdrawal),
    say('cora', 'cosign', withdrawal),
  ];

  test('no raise, approval or co-signature made there counts', () => {
    expect(decided({})).toBeNull();
    for (const place of [0, 1, 2]) {
      const made = [
        say('raisa', 'raise', withdrawal, {}, there),
        say('adam', 'approve', withdrawal, {}, there),
        say('cora', 'cosign', withdrawal, {}, there),
      ][place];
      if (!made) throw new Error('sample is incomplete');
      expect(decided({ statements: [raise, approve, cosign].with(place, made) })).toBe(
        'origin-not-allowed',
      );
    }
  });

  test('a rejection made there stops a full set', () => {
    const statements = [raise, approve, cosign, say('kim', 'reject', withdrawal, {}, there)];
    expect(decided({ statements })).toBe('rejected-by-person');
  });

  test('a freeze made there counts', () => {
    const input = acceptedInput(freeze, {
      roster: withPages,
      statements: [say('raisa', 'raise', freeze, {}, there)],
    });
    expect(refusalOf(input)).toBeNull();
    expect(refusalOf({ ...input, roster })).toBe('origin-not-allowed');
  });

  test('a tightening made there does not: what it leads to has to be looked at', () => {
    const statements = [say('raisa', 'raise', policyTightening, {}, there)];
    expect(refusalOf(acceptedInput(policyTightening, { roster: withPages, statements }))).toBe(
      'origin-not-allowed',
    );
  });
});
