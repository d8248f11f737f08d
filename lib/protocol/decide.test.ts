import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { decideInput, type DecideInput } from './decide-input.ts';
import { digestOf } from './intent.ts';
import type { Policy, Requirement } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import type { Group } from './roster.ts';
import { refusalOf, withIntent, withParty } from './testing/changed-input.ts';
import {
  destinationListing,
  fullSet,
  inputFor,
  keyCeremony,
  keys,
  policy,
  press,
  roster,
  rosterChange,
  say,
  statementOf,
  withdrawal,
} from './testing/sample.ts';

const raise = say('raisa', 'raise', withdrawal);
const approve = say('adam', 'approve', withdrawal);
const cosign = say('cora', 'cosign', withdrawal);

const FOUR_EYES: readonly Requirement[] = [
  { group: 'control', decision: 'approve', people: 1 },
  { group: 'custody', decision: 'cosign', people: 1 },
];

const withStatements = (...statements: unknown[]): DecideInput =>
  inputFor(withdrawal, { statements });

describe('a complete and true set of statements is accepted', () => {
  test.each([withdrawal, keyCeremony, rosterChange, destinationListing])('$kind', (intent) => {
    const input = inputFor(intent);
    expect(decideInput.safeParse(input).error).toBeUndefined();
    expect(decide(input)).toEqual({ ok: true });
  });

  test('by the custody party as well', () => {
    expect(refusalOf(withParty({ name: 'custody', group: 'custody' }))).toBeNull();
  });

  test('by the recovery party once the deciding rule needs its group and its group has stated it', () => {
    const input = withParty({ name: 'recovery', group: 'recovery' });
    const rules = policy.rules.slice(0, 1).map((rule) => ({
      ...rule,
      outcome: {
        effect: 'allow' as const,
        needs: [...FOUR_EYES, { group: 'recovery', decision: 'cosign', people: 1 } as const],
      },
    }));
    const needed = { ...input, policy: { ...policy, rules } };
    expect(refusalOf(needed)).toBe('own-group-missing');
    const statements = [...fullSet(withdrawal), say('remy', 'cosign', withdrawal)];
    expect(refusalOf({ ...needed, statements })).toBeNull();
  });

  test('never by a party whose group the rule does not need, whoever of it speaks', () => {
    const input = withParty({ name: 'recovery', group: 'recovery' });
    expect(refusalOf(input)).toBe('own-group-not-needed');
    const statements = [...fullSet(withdrawal), say('remy', 'cosign', withdrawal)];
    expect(refusalOf({ ...input, statements })).toBe('own-group-not-needed');
    expect(refusalOf(withStatements(...statements))).toBeNull();
  });

  test('never together with a party whose group the rule does not need', () => {
    const signers = (...of: Group[]) => refusalOf({ ...withParty({}), signers: of });
    expect(signers('control', 'custody')).toBeNull();
    expect(signers('control', 'recovery')).toBe('signer-group-not-needed');
  });

  test('in any order, and with more approvals than needed', () => {
    expect(
      refusalOf(withStatements(cosign, say('carl', 'approve', withdrawal), approve, raise)),
    ).toBeNull();
  });

  test('for a later transaction that conflicts with every earlier one', () => {
    const input = inputFor(withdrawal);
    expect(refusalOf({ ...input, ties: [String(input.transaction?.conflictKey)] })).toBeNull();
  });
});

describe('what arrives in another form is refused', () => {
  test.each<[string, PartyRefusal, DecideInput]>([
    [
      'an unknown field',
      'intent-malformed',
      inputFor(withdrawal, { intent: { ...withdrawal, extra: 1 } }),
    ],
    [
      'an unknown kind',
      'intent-kind-unknown',
      inputFor(withdrawal, { intent: { ...withdrawal, kind: 'mint' } }),
    ],
    ['no intent', 'intent-malformed', inputFor(withdrawal, { intent: null })],
    ['no statements', 'statements-malformed', withStatements()],
    [
      'an unknown field in a statement',
      'statements-malformed',
      withStatements({ ...raise, extra: 1 }, approve, cosign),
    ],
    [
      'too many statements',
      'statements-malformed',
      withStatements(...Array.from({ length: 51 }, () => approve)),
    ],
    ['a clock that tells nothing', 'clock-unreadable', inputFor(withdrawal, { now: 'soon' })],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));
});

describe('statements about anything else are refused', () => {
  const other = (changes: object): DecideInput =>
    withStatements(
      raise,
      press({ ...statementOf('adam', 'approve', withdrawal), ...changes }, keys.adam),
      cosign,
    );
  test.each<[string, PartyRefusal, DecideInput]>([
    ['another organisation', 'wrong-organisation', other({ organisation: 'other' })],
    ['another environment', 'wrong-environment', other({ environment: 'production' })],
    [
      'another operation',
      'wrong-operation',
      other({ operation: '1b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d' }),
    ],
    ['another content', 'digest-mismatch', other({ intentDigest: 'ab'.repeat(32) })],
    ['another attempt', 'attempt-mixed', other({ attempt: 2 })],
    ['a roster to come', 'roster-version-unknown', other({ rosterVersion: 2 })],
    ['a policy to come', 'policy-version-unknown', other({ policyVersion: 2 })],
    ['a nonce seen in the same set', 'nonce-reused', other({ nonce: raise.statement.nonce })],
    [
      'a reason where none belongs',
      'statement-reason-wrong',
      other({ reason: { code: 'other', noteCommitment: 'ab'.repeat(32) } }),
    ],
    [
      'a digest of the intent as changed since',
      'digest-mismatch',
      inputFor({ ...withdrawal, amount: '1' }, { statements: fullSet(withdrawal) }),
    ],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));

  test('an intent of another organisation or environment', () => {
    expect(refusalOf(withIntent({ organisation: 'other' }))).toBe('wrong-organisation');
    expect(refusalOf(withIntent({ environment: 'production' }))).toBe('wrong-environment');
  });

  test('an attempt that has ended, and every one before it', () => {
    const ended = (attempt: number): DecideInput =>
      withParty({ endedAttempts: [{ operation: withdrawal.operation, attempt }] });
    expect(refusalOf(ended(1))).toBe('attempt-ended');
    expect(refusalOf(ended(2))).toBe('attempt-ended');
    const elsewhere = { operation: '1b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d', attempt: 9 };
    expect(refusalOf(withParty({ endedAttempts: [elsewhere] }))).toBeNull();
    const fresh = fullSet(withdrawal).map(({ statement }) => ({ ...statement, attempt: 2 }));
    const statements = fresh.map((statement, place) =>
      press(statement, [keys.raisa, keys.adam, keys.cora][place] ?? keys.raisa),
    );
    expect(refusalOf({ ...ended(1), statements })).toBeNull();
  });
});

describe('policy', () => {
  const needs: Requirement[] = [
    { group: 'control', decision: 'approve', people: 2 },
    { group: 'custody', decision: 'cosign', people: 1 },
    { group: 'recovery', decision: 'cosign', people: 1 },
  ];
  const strict: Policy = {
    ...policy,
    version: 2,
    previous: digestOf(policy),
    rules: policy.rules
      .filter(({ id }) => id === 'withdrawal')
      .map((rule) => ({ ...rule, outcome: { effect: 'allow', needs } })),
  };
  const denying: Policy = {
    ...strict,
    rules: [
      {
        id: 'none',
        name: 'Nothing',
        when: { kinds: ['withdrawal'] },
        outcome: { effect: 'deny', reason: 'closed' },
      },
    ],
  };

  test('the cap is the last amount that can leave', () => {
    expect(refusalOf(withIntent({ amount: '500000000000' }))).toBeNull();
    expect(refusalOf(withIntent({ amount: '500000000001' }))).toBe('cap-exceeded');
    expect(refusalOf(inputFor(withdrawal, { policy: { ...policy, caps: [] } }))).toBe(
      'cap-exceeded',
    );
  });

  test('a stricter policy since the raise wins', () => {
    const input = inputFor(withdrawal, { policy: strict, policyAtRaise: policy });
    expect(refusalOf(input)).toBe('statements-incomplete');
    const withRecovery = [...fullSet(withdrawal), say('remy', 'cosign', withdrawal)];
    expect(refusalOf({ ...input, statements: withRecovery })).toBe('statements-incomplete');
    const statements = [...withRecovery, say('carl', 'approve', withdrawal)];
    expect(refusalOf({ ...input, statements })).toBeNull();
    expect(refusalOf(inputFor(withdrawal, { policy: denying, policyAtRaise: policy }))).toBe(
      'policy-denies',
    );
  });

  test('a laxer policy since the raise does not', () => {
    const before = { ...strict, version: 1, previous: null };
    const now = { ...policy, version: 2, previous: digestOf(before) };
    expect(refusalOf(inputFor(withdrawal, { policy: now, policyAtRaise: before }))).toBe(
      'statements-incomplete',
    );
  });

  test('of two lifetimes the shorter counts', () => {
    const hasty = (version: number): Policy => ({
      ...policy,
      version,
      previous: version === 1 ? null : digestOf(policy),
      lifetimes: { ...policy.lifetimes, withdrawal: 60 },
    });
    const usual = { ...policy, version: 2, previous: digestOf(hasty(1)) };
    expect(refusalOf(inputFor(withdrawal, { policy: usual, policyAtRaise: hasty(1) }))).toBe(
      'statement-expired',
    );
    expect(refusalOf(inputFor(withdrawal, { policy: hasty(2), policyAtRaise: policy }))).toBe(
      'statement-expired',
    );
  });

  test('without the policy of the raise there is no answer', () => {
    expect(refusalOf(inputFor(withdrawal, { policy: strict }))).toBe('policy-history-missing');
    expect(
      refusalOf(inputFor(withdrawal, { policy: { ...strict, version: 3 }, policyAtRaise: strict })),
    ).toBe('policy-history-missing');
  });

  test('nothing may be stated under rules older than the raise', () => {
    const second = { ...policy, version: 2, previous: digestOf(policy) };
    const statements = [say('raisa', 'raise', withdrawal, { policyVersion: 2 }), approve, cosign];
    expect(refusalOf(inputFor(withdrawal, { policy: second, statements }))).toBe(
      'version-before-raise',
    );
    const people = { ...roster, version: 2, previous: digestOf(roster) };
    const later = [say('raisa', 'raise', withdrawal, { rosterVersion: 2 }), approve, cosign];
    expect(refusalOf(inputFor(withdrawal, { roster: people, statements: later }))).toBe(
      'version-before-raise',
    );
  });

  test('a policy below the floor decides nothing', () => {
    const rules: Policy['rules'] = policy.rules.map((rule) => ({
      ...rule,
      outcome: { effect: 'allow', needs: [{ group: 'control', decision: 'approve', people: 1 }] },
    }));
    const held = { ...policy, rules };
    expect(refusalOf(inputFor(withdrawal, { policy: held }))).toBe('own-policy-unsound');
  });
});

describe("the party's own state", () => {
  const overlapping = {
    ...roster,
    people: [...roster.people, { ...roster.people[1], group: 'custody' }],
  } as typeof roster;
  const repeated = { ...roster, people: [...roster.people, roster.people[1]] } as typeof roster;
  test.each<[string, PartyRefusal, DecideInput]>([
    ['groups that overlap', 'groups-overlap', inputFor(withdrawal, { roster: overlapping })],
    ['a person listed twice', 'own-roster-unsound', inputFor(withdrawal, { roster: repeated })],
    ['a party outside the roster', 'party-not-in-roster', withParty({ name: 'stranger' })],
    ['a party under another group', 'party-not-in-roster', withParty({ group: 'custody' })],
    [
      'a policy of another organisation',
      'own-policy-unsound',
      inputFor(withdrawal, { policy: { ...policy, organisation: 'other' } }),
    ],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));
});
