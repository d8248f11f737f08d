import { describe, expect, test } from 'vitest';
import { decide, decideWithWait } from './decide.ts';
import type { DecideInput } from './decide-input.ts';
import { digestOf, type Intent } from './intent.ts';
import type { Policy, PolicyRule } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import type { Roster } from './roster.ts';
import { refusalOf } from './testing/changed-input.ts';
import {
  acceptedInput,
  changeTo,
  everyKind,
  FROZEN_BY,
  freeze,
  nextPolicy,
  policyChange,
  policyTightening,
  removal,
  revocation,
} from './testing/every-kind.ts';
import {
  at,
  keys,
  personIdOf,
  policy,
  roster,
  rosterChange,
  say,
  withdrawal,
  type Name,
} from './testing/sample.ts';

/** One person raises it and nobody else says anything. */
const alone = (
  intent: Intent,
  by: Name = 'raisa',
  changes: Partial<DecideInput> = {},
): PartyRefusal | null =>
  refusalOf(acceptedInput(intent, { statements: [say(by, 'raise', intent)], ...changes }));

/** The next roster with some people out of it, or changed. */
function without(...gone: Name[]): Roster {
  const ids = new Set(gone.map(personIdOf));
  const people = roster.people.filter(({ id }) => !ids.has(id));
  return { ...roster, version: 2, previous: digestOf(roster), people };
}
const rosterTo = (next: Roster): Intent => ({ ...rosterChange, roster: next });
const denying = (id: string, kinds: PolicyRule['when']['kinds']): PolicyRule => ({
  id,
  name: id,
  when: { kinds },
  outcome: { effect: 'deny', reason: 'closed' },
});

describe('one person stops something, or takes something away, at once', () => {
  test.each<[string, Intent]>([
    ['freeze', freeze],
    ['revocation', revocation],
    ['removal of a destination', removal],
    ['lower cap', policyTightening],
    ['denial', changeTo(nextPolicy({ rules: [denying('no', ['withdrawal']), ...policy.rules] }))],
    ['roster without somebody', rosterTo(without('otto'))],
  ])('%s', (_, intent) => {
    expect(alone(intent)).toBeNull();
    expect(alone(intent, 'anna')).toBeNull();
    // Whoever reads only has no say.
    expect(alone(intent, 'otto')).toBe('raiser-not-entitled');
    const locked = { ...policy, timeLockSeconds: 600 };
    const input = acceptedInput(intent, { statements: [say('raisa', 'raise', intent)] });
    if (intent.kind !== 'policy-change') expect(refusalOf({ ...input, policy: locked })).toBeNull();
  });

  test.each<[string, Intent]>([
    ['higher cap', policyChange],
    ['another role', rosterChange],
  ])('and nobody gives anything alone: %s', (_, intent) => {
    expect(alone(intent)).toBe('statements-incomplete');
    expect(alone(intent, 'anna')).toBe('statements-incomplete');
  });

  test('nobody else is needed for any of the other kinds than what is said here', () => {
    const single = Object.values(everyKind).filter((intent) => alone(intent) === null);
    expect(single.map(({ kind }) => kind).sort()).toEqual([
      'destination-removal',
      'freeze',
      'revocation',
    ]);
  });
});

describe('a stop counts whatever others say, however late, and wherever the key was pressed', () => {
  const stops: Intent[] = [freeze, revocation, removal];
  test.each(stops)('$kind', (intent) => {
    const raise = say('raisa', 'raise', intent);
    const input = acceptedInput(intent);
    const years = at(5 * 365 * 86_400);
    expect(refusalOf({ ...input, statements: [raise], now: years })).toBeNull();
    const endedAttempts = [{ operation: intent.operation, attempt: 100 }];
    expect(refusalOf({ ...input, party: { ...input.party, endedAttempts } })).toBeNull();
    for (const name of ['carl', 'kim', 'otto'] as const)
      for (const decision of ['reject', 'cancel', 'approve'] as const)
        expect(
          refusalOf({ ...input, statements: [raise, say(name, decision, intent)] }),
          `${name} ${decision}`,
        ).toBeNull();
    const frozen: DecideInput['party']['freezes'] = [
      { operation: FROZEN_BY, scope: { what: 'everything' } },
    ];
    expect(refusalOf({ ...input, party: { ...input.party, freezes: frozen } })).toBeNull();
    const peers = { word: 'none-yet' as const, differing: ['custody'] };
    expect(refusalOf({ ...input, party: { ...input.party, peers } })).toBeNull();
  });

  test.each(stops)('whoever asked for it can take it back: $kind', (intent) => {
    const statements = [say('raisa', 'raise', intent), say('raisa', 'cancel', intent)];
    expect(refusalOf(acceptedInput(intent, { statements }))).toBe('cancelled-by-person');
  });

  test.each(stops)('by someone whose own key counts: $kind', (intent) => {
    const revokedCredentials = [keys.raisa.credentialId];
    const input = acceptedInput(intent);
    expect(refusalOf({ ...input, party: { ...input.party, revokedCredentials } })).toBe(
      'credential-revoked',
    );
  });
});

describe('one person alone never touches the ways in which the others undo it', () => {
  const [usual] = policy.rules.filter(({ id }) => id === 'roster-change');
  if (usual?.outcome.effect !== 'allow') throw new Error('sample is incomplete');
  const { outcome } = usual;
  const more = (rule: PolicyRule): PolicyRule => ({
    ...rule,
    outcome: { ...outcome, needs: outcome.needs.map((need) => ({ ...need, people: 2 })) },
  });
  const locked: Policy = { ...policy, timeLockSeconds: 600 };
  test.each<[string, Policy, Partial<Policy>]>([
    [
      'more people for a change of rules',
      policy,
      { rules: policy.rules.map((rule) => (rule === usual ? more(rule) : rule)) },
    ],
    ['less time to state a release', policy, { lifetimes: { ...policy.lifetimes, release: 3599 } }],
    [
      'less time to state a change of people',
      policy,
      { lifetimes: { ...policy.lifetimes, 'roster-change': 3599 } },
    ],
    ['a time-lock', policy, { timeLockSeconds: 60 }],
    ['a longer time-lock', locked, { timeLockSeconds: 601 }],
  ])('%s', (_, current, changes) => {
    const intent = changeTo(nextPolicy(changes, current));
    const refusal = alone(intent, 'raisa', { policy: current });
    expect(refusal).toBe('statements-incomplete');
    // The usual people do it at once: it gives nobody anything.
    const input = acceptedInput(intent, { policy: current });
    expect(decideWithWait(input)).toEqual({ answer: { ok: true }, waitSeconds: 0 });
  });

  test('a denial of releases, which would make every freeze stand for good, takes nobody anywhere', () => {
    const shut = changeTo(nextPolicy({ rules: [denying('no', ['release']), ...policy.rules] }));
    expect(alone(shut)).toBe('statements-incomplete');
    expect(refusalOf(acceptedInput(shut))).toBe('policy-shuts-release');
  });

  test('what concerns withdrawals and keys only stays theirs', () => {
    const lifetimes = { ...policy.lifetimes, withdrawal: 60, 'key-refresh': 60 };
    expect(alone(changeTo(nextPolicy({ lifetimes })))).toBeNull();
  });
});

describe('one person alone never makes themself indispensable', () => {
  const revoke = (name: Name): Intent => ({
    ...revocation,
    person: personIdOf(name),
    credential: null,
  });
  const after = (...revoked: Name[]): Partial<DecideInput> => {
    const { party } = acceptedInput(freeze);
    const revokedCredentials = revoked.map((name) => keys[name].credentialId);
    return { party: { ...party, revokedCredentials } };
  };

  test('keys are revoked one after the other until the others could just go on', () => {
    // Raisa's key was stolen. The others: Adam and Carl, Cora and Kim, Remy and Anna, who raise.
    expect(alone(revoke('adam'))).toBeNull();
    expect(alone(revoke('kim'), 'raisa', after('adam'))).toBeNull();
    expect(alone(revoke('anna'), 'raisa', after('adam', 'kim'))).toBeNull();
    const rest = after('adam', 'kim', 'anna');
    for (const last of ['carl', 'cora', 'remy'] as const)
      expect(alone(revoke(last), 'raisa', rest), last).toBe('revocation-locks-out');
    // Those three change people without her.
    const next = {
      ...without('raisa'),
      people: roster.people.filter(({ id }) => id !== personIdOf('raisa')),
    };
    const out = rosterTo({
      ...next,
      people: next.people.map((person) =>
        ['adam', 'kim', 'anna'].some((name) => personIdOf(name as Name) === person.id)
          ? {
              ...person,
              credentials: person.credentials.map((key) => ({ ...key, revokedAt: at(0) })),
            }
          : person,
      ),
    });
    const statements = [
      say('remy', 'raise', out),
      say('carl', 'approve', out),
      say('cora', 'cosign', out),
    ];
    expect(refusalOf(acceptedInput(out, { statements, ...rest }))).toBeNull();
  });

  test('her own key is hers to revoke', () => {
    expect(alone(revoke('raisa'))).toBeNull();
    expect(alone(revoke('raisa'), 'raisa', after('adam', 'kim', 'anna'))).toBeNull();
  });

  test('a roster without the others takes more than her', () => {
    const few = rosterTo(without('adam', 'carl'));
    expect(alone(few)).toBe('statements-incomplete');
    // For somebody else it is nothing but a tightening.
    expect(alone(few, 'anna')).toBeNull();
    expect(alone(rosterTo(without('adam', 'kim', 'anna')))).toBeNull();
    expect(alone(rosterTo(without('adam', 'kim', 'anna', 'remy')))).toBe('statements-incomplete');
  });

  test('nor by what somebody revoked before', () => {
    const people = roster.people.map((person) =>
      person.id === personIdOf('carl')
        ? {
            ...person,
            credentials: person.credentials.map((key) => ({ ...key, revokedAt: at(0) })),
          }
        : person,
    );
    const next = rosterTo({
      ...without('adam'),
      people: people.filter(({ id }) => id !== personIdOf('adam')),
    });
    expect(alone(next, 'raisa', after('carl'))).toBe('statements-incomplete');
    expect(alone(next, 'anna', after('carl'))).toBeNull();
  });
});

test('a tightening moves nothing: what was refused before is refused after it', () => {
  const input = acceptedInput(withdrawal, { statements: [say('raisa', 'raise', withdrawal)] });
  const next = policyTightening.policy;
  expect(decide({ ...input, policy: next, policyAtRaise: policy }).ok).toBe(false);
});
