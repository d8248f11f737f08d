import { describe, expect, test } from 'vitest';
import { checkRaise, type RaiseInput } from './check-raise.ts';
import type { PartyRefusal } from './refusals.ts';
import {
  at,
  inputFor,
  keys,
  keyCeremony,
  personIdOf,
  press,
  say,
  statementOf,
  withdrawal,
} from './testing/sample.ts';

const raise = say('raisa', 'raise', withdrawal);
const inputWith = (statements: unknown, changes: Partial<RaiseInput> = {}): RaiseInput => ({
  ...inputFor(withdrawal),
  statements,
  ...changes,
});

const refusalOf = (input: RaiseInput): PartyRefusal | null => {
  const answer = checkRaise(input);
  return answer.ok ? null : answer.refusal;
};

test('the raise alone is enough, and whoever stated more is named with it', () => {
  const alone = checkRaise(inputWith([raise]));
  expect(alone).toMatchObject({ ok: true, raised: { attempt: 1, intent: { kind: 'withdrawal' } } });
  const both = checkRaise(inputWith([raise, say('otto', 'reject', withdrawal)]));
  if (!both.ok) throw new Error(both.refusal);
  expect(both.raised.made.map(({ person }) => person.id)).toEqual([
    personIdOf('raisa'),
    personIdOf('otto'),
  ]);
});

describe('what nobody who may raise has proven is not taken', () => {
  const cases: [PartyRefusal, RaiseInput][] = [
    ['raise-missing', inputWith([say('adam', 'approve', withdrawal)])],
    ['raise-repeated', inputWith([raise, say('adam', 'raise', withdrawal)])],
    ['statements-malformed', inputWith([])],
    ['statements-malformed', inputWith('raise')],
    ['intent-malformed', inputWith([raise], { intent: { ...withdrawal, more: 1 } })],
    ['intent-kind-unknown', inputWith([raise], { intent: { kind: 'gift' } })],
    ['digest-mismatch', inputWith([raise], { intent: { ...withdrawal, amount: '1' } })],
    [
      'wrong-operation',
      inputWith([
        say('raisa', 'raise', {
          ...keyCeremony,
          operation: '0b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4e',
        }),
      ]),
    ],
    ['intent-expired', inputWith([raise], { now: at(7200) })],
    ['statement-expired', inputWith([raise], { now: at(1000) })],
    ['raiser-not-entitled', inputWith([say('otto', 'raise', withdrawal)])],
    ['signature-invalid', inputWith([press(statementOf('raisa', 'raise', withdrawal), forged())])],
    [
      'origin-not-allowed',
      inputWith([say('raisa', 'raise', withdrawal, {}, { origin: 'http://localhost:3101' })]),
    ],
    ['attempt-mixed', inputWith([raise, say('adam', 'approve', withdrawal, { attempt: 2 })])],
    [
      'credential-of-another-person',
      inputWith([press(statementOf('raisa', 'raise', withdrawal), keys.adam)]),
    ],
    // One bad statement beside a good raise: nothing unproven is shown as said.
    [
      'signature-invalid',
      inputWith([raise, press(statementOf('adam', 'approve', withdrawal), forged('adam'))]),
    ],
  ];
  test.each(cases)('%s', (refusal, input) => {
    expect(refusalOf(input)).toBe(refusal);
  });

  /** A key that answers under the credential of another. */
  function forged(name: 'raisa' | 'adam' = 'raisa') {
    const stranger = keys.cora;
    return {
      ...stranger,
      assert: (options: Parameters<typeof stranger.assert>[0]) => {
        const made = stranger.assert(options);
        const id = keys[name].credentialId;
        return { ...made, id, rawId: id };
      },
    };
  }
});

test('a revoked key proves nothing', () => {
  const input = inputWith([raise]);
  const party = { ...input.party, revokedCredentials: [keys.raisa.credentialId] };
  expect(refusalOf({ ...input, party })).toBe('credential-revoked');
});

test('something that throws when it is read is refused and thrown by nobody', () => {
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap');
      },
    },
  );
  expect(refusalOf(inputWith([raise], { intent: trap }))).toBe('intent-malformed');
  expect(refusalOf(inputWith(trap))).toBe('statements-malformed');
});
