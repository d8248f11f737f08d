import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { Roster, RosterCredential, RosterPerson } from '#lib/protocol/roster.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import {
  at,
  keys,
  NOW,
  ORIGIN,
  personIdOf,
  roster,
  type Name,
} from '#lib/protocol/testing/sample.ts';
import type { ClosingStatement } from './closing-statement.ts';
import { findClosingFault, type Closed, type ClosingStep } from './find-closing-fault.ts';

const closed: Closed = {
  break: '0d4c3f0e-6a52-4a8e-9a63-2f1f6f0f7a11',
  how: 'explanation',
  journal: null,
  asset: 'SOL',
  difference: { content: 'cd'.repeat(32), amount: '-50000000000' },
};
const counting = { rosters: [roster], ended: new Set<string>() };
const hour = 3_600_000;

type Says = Partial<ClosingStatement> & { origin?: string; key?: Name };

function step(
  decision: 'propose' | 'accept',
  name: Name,
  { origin = ORIGIN, key = name, ...says }: Says = {},
  changes: Partial<ClosingStep> = {},
): ClosingStep {
  const revision = decision === 'propose' ? 3 : 4;
  const statement: ClosingStatement = {
    type: 'countersign/break-statement/v1',
    organisation: roster.organisation,
    environment: roster.environment,
    break: closed.break,
    number: 'BR-000001',
    content: 'cd'.repeat(32),
    asset: 'SOL',
    amount: '-50000000000',
    decision,
    how: 'explanation',
    journal: null,
    noteCommitment: 'ab'.repeat(32),
    revision,
    person: personIdOf(name),
    nonce: randomBytes(32).toString('base64url'),
    issuedAt: NOW,
    ...says,
  };
  return {
    actor: personIdOf(name),
    revision: revision + 1,
    writtenAt: Date.parse(NOW) + 1_000,
    counting,
    statement: {
      document: canonicalize(statement),
      assertion: keys[key].assert({ challenge: challengeOf(statement), origin }),
      credentialId: keys[key].credentialId,
    },
    ...changes,
  };
}

const faultOf = (proposed: ClosingStep | null, accepted: ClosingStep) =>
  findClosingFault(closed, { proposed, accepted });

/** The roster with one person as given. */
const rosterWith = (
  name: Name,
  change: (person: RosterPerson, key: RosterCredential) => Partial<RosterPerson>,
): Roster => ({
  ...roster,
  people: roster.people.map((person) => {
    const [key] = person.credentials;
    return person.id === personIdOf(name) && key ? { ...person, ...change(person, key) } : person;
  }),
});
const under = (one: Roster, ...more: Roster[]) => ({
  counting: { rosters: [one, ...more], ended: new Set<string>() },
});
const withoutOffice = rosterWith('raisa', () => ({ roles: ['auditor'] }));
const revoked = rosterWith('raisa', (_, key) => ({
  credentials: [{ ...key, revokedAt: at(-60) }],
}));
const ends = (seconds: number) =>
  rosterWith('raisa', (_, key) => ({ credentials: [{ ...key, notAfter: at(seconds) }] }));

describe('the closing of a break', () => {
  const proposed = step('propose', 'raisa');
  const accepted = step('accept', 'carl');

  it('holds when two people signed the same difference, the same way and the same words', () => {
    expect(faultOf(proposed, accepted)).toBeNull();
  });

  it('holds when who proposed it counts no more once it is accepted', () => {
    const gone = { ...roster, people: roster.people.filter(({ id }) => id !== proposed.actor) };
    expect(faultOf(proposed, { ...accepted, ...under(gone) })).toBeNull();
  });

  it('holds by either of two rosters, where one had just taken the place of the other', () => {
    expect(faultOf({ ...proposed, ...under(withoutOffice, roster) }, accepted)).toBeNull();
  });

  it.each<[string, string, ClosingStep | null, ClosingStep]>([
    ['nobody proposed it', 'statement-missing', null, accepted],
    ['a statement is missing', 'statement-missing', proposed, { ...accepted, statement: null }],
    [
      'a statement says when in no way that can be read',
      'statement-missing',
      step('propose', 'raisa', { issuedAt: 'never' }),
      accepted,
    ],
    ...(
      [
        { content: 'ef'.repeat(32) },
        { amount: '-5' },
        { asset: 'USDC' },
        { how: 'correction', journal: '7' },
        { revision: 2 },
        { break: '7f9d2a64-0d3b-4f1c-8b53-6d1a0c4e9b22' },
        { decision: 'accept' },
      ] as const
    ).map((says): [string, string, ClosingStep, ClosingStep] => [
      `one signed another ${Object.keys(says).join(', ')}`,
      'other-closing',
      step('propose', 'raisa', says),
      accepted,
    ]),
    [
      'they signed different words',
      'other-closing',
      proposed,
      step('accept', 'carl', { noteCommitment: null }),
    ],
    ['one person did both', 'one-person', proposed, step('accept', 'raisa')],
    ['a key of another signed', 'key-unknown', proposed, step('accept', 'carl', { key: 'raisa' })],
    [
      'it was signed on another page',
      'signature-invalid',
      step('propose', 'raisa', { origin: 'https://elsewhere.example' }),
      accepted,
    ],
    [
      'no roster was in force',
      'roster-missing',
      { ...proposed, counting: { rosters: [], ended: new Set() } },
      accepted,
    ],
    [
      'the roster is of another organisation',
      'other-house',
      { ...proposed, ...under({ ...roster, organisation: 'another' }) },
      accepted,
    ],
    ['who proposed may not', 'not-allowed', { ...proposed, ...under(withoutOffice) }, accepted],
    ['its key was revoked', 'key-ended', { ...proposed, ...under(revoked) }, accepted],
    [
      'its key had ended when it was written, whatever the statement says of when',
      'key-ended',
      { ...proposed, writtenAt: Date.parse(NOW) + hour, ...under(ends(1_800)) },
      accepted,
    ],
  ])('does not hold when %s', (_, fault, one, other) => {
    expect(faultOf(one, other)).toBe(fault);
  });

  it('that is over is held against what both signed, since the break keeps no difference of it', () => {
    const over = { ...closed, difference: null };
    expect(findClosingFault(over, { proposed, accepted })).toBeNull();
    const other = step('accept', 'carl', { amount: '-5' });
    expect(findClosingFault(over, { proposed, accepted: other })).toBe('other-closing');
  });
});
