import { describe, expect, test } from 'vitest';
import { findVoices, type Said } from './counting.ts';
import type { Roster, RosterDelegation, RosterPerson } from './roster.ts';
import { rosterTightens } from './roster-tightening.ts';
import { rosterWithBackups } from './testing/every-kind.ts';
import { at, NOW, personIdOf, personWith, roster, type Name } from './testing/sample.ts';

const delegation = (from: Name, to: Name, seconds = 3600): RosterDelegation => ({
  from: personIdOf(from),
  to: personIdOf(to),
  notAfter: at(seconds),
});
/** Otto, who has no group of his own, speaks for two. */
const current: Roster = {
  ...rosterWithBackups,
  delegations: [
    delegation('raisa', 'otto'),
    delegation('carl', 'otto'),
    delegation('cora', 'anna'),
  ],
};
const change = (
  name: Name,
  changes: Partial<RosterPerson> | ((person: RosterPerson) => Partial<RosterPerson>),
  of: Roster = current,
): Roster => ({
  ...of,
  people: of.people.map((person) =>
    person.id === personIdOf(name)
      ? { ...person, ...(typeof changes === 'function' ? changes(person) : changes) }
      : person,
  ),
});
const changeKeys =
  (changes: Partial<RosterPerson['credentials'][number]>) =>
  ({ credentials }: RosterPerson): Partial<RosterPerson> => ({
    credentials: credentials.map((key) => ({ ...key, ...changes })),
  });
const [control, ...otherParties] = current.parties;
const [backup, ...otherBackups] = current.backups ?? [];
if (!control || !backup) throw new Error('sample is incomplete');

test.each<[string, Roster]>([
  ['nothing at all', current],
  [
    'a person out',
    { ...current, people: current.people.filter(({ id }) => id !== personIdOf('kim')) },
  ],
  ['a key out', change('kim', { credentials: [] })],
  ['a key revoked', change('kim', changeKeys({ revokedAt: NOW }))],
  ['an end for a key', change('kim', changeKeys({ notAfter: at(3600) }))],
  ['an end for a person', change('kim', { notAfter: at(3600) })],
  ['no group any more', change('kim', { group: null })],
  ['a role less', change('otto', { roles: ['auditor'] }, change('otto', { roles: ['auditor'] }))],
  [
    'an earlier end of a delegation',
    {
      ...current,
      delegations: (current.delegations ?? []).map((given) => ({ ...given, notAfter: at(60) })),
    },
  ],
  ['a delegation out', { ...current, delegations: (current.delegations ?? []).slice(0, 2) }],
  [
    'all delegations to one person out',
    { ...current, delegations: (current.delegations ?? []).slice(2) },
  ],
])('takes something away: %s', (_, next) => expect(rosterTightens(current, next)).toBe(true));

describe('gives somebody something, or can not be told', () => {
  const ended = change(
    'kim',
    { notAfter: at(60) },
    change('kim', changeKeys({ notAfter: at(60), revokedAt: NOW })),
  );
  test.each<[string, Roster, Roster]>([
    ['a new person', { ...current, people: current.people.slice(1) }, current],
    ['a new key', change('kim', { credentials: [] }), current],
    ['a key revived', change('kim', changeKeys({ revokedAt: NOW })), current],
    [
      'a later end of a key',
      change('kim', changeKeys({ notAfter: at(60) })),
      change('kim', changeKeys({ notAfter: at(61) })),
    ],
    ['no end of a key', change('kim', changeKeys({ notAfter: at(60) })), current],
    ['a later end of a person', ended, change('kim', { notAfter: at(61) }, ended)],
    ['no end of a person', change('kim', { notAfter: at(60) }), current],
    [
      'another key under the same name',
      current,
      change('kim', changeKeys({ publicKey: personWith('otto').credentials[0]?.publicKey ?? '' })),
    ],
    ['a key that may be copied', current, change('kim', changeKeys({ backupEligible: true }))],
    [
      'a key in hardware that was in software',
      current,
      change('kim', changeKeys({ software: false })),
    ],
    ['a role more', current, change('otto', { roles: ['auditor', 'officer'] })],
    ['another group', current, change('kim', { group: 'recovery' })],
    ['a group for somebody without', current, change('anna', { group: 'custody' })],
    ['a new delegation', { ...current, delegations: [] }, current],
    [
      'a delegation the other way',
      current,
      { ...current, delegations: [delegation('kim', 'anna')] },
    ],
    [
      'a later end of a delegation',
      current,
      {
        ...current,
        delegations: [delegation('raisa', 'otto', 3601), ...(current.delegations ?? []).slice(1)],
      },
    ],
    [
      'one of two delegations to one person out',
      current,
      { ...current, delegations: (current.delegations ?? []).slice(1) },
    ],
    [
      'another origin',
      current,
      { ...current, relyingParty: { ...current.relyingParty, origins: ['http://localhost:3999'] } },
    ],
    [
      'one origin less, which may be the only one people can reach',
      {
        ...current,
        relyingParty: {
          ...current.relyingParty,
          origins: ['http://localhost:3999', 'http://localhost:3000'],
        },
      },
      current,
    ],
    [
      "another address of a party's pages",
      current,
      { ...current, parties: [{ ...control, origin: 'http://localhost:3101' }, ...otherParties] },
    ],
    [
      'a custodian less',
      current,
      {
        ...current,
        backups: [
          { ...backup, threshold: 2, custodians: [...backup.custodians].reverse() },
          ...otherBackups,
        ],
      },
    ],
    ['no backup groups', current, roster],
  ])('%s', (_, before, after) => expect(rosterTightens(before, after)).toBe(false));
});

describe('whoever speaks in the place of others is one voice with them', () => {
  const said = (name: Name, decision: Said['decision'], of: Roster): Said => {
    const person = of.people.find(({ id }) => id === personIdOf(name));
    if (!person) throw new Error(`${name} is not in the roster`);
    return { person, decision, code: null };
  };
  const voices = (of: Roster, ...approvers: Name[]) =>
    findVoices(
      [said('remy', 'raise', of), ...approvers.map((name) => said(name, 'approve', of))],
      'withdrawal',
      { roster: of, at: Date.parse(NOW) },
    );

  test('with each of them', () => {
    expect(voices(current, 'otto', 'raisa')).toBe('person-counted-twice');
    expect(voices(current, 'otto', 'carl')).toBe('person-counted-twice');
    expect(voices(current, 'otto', 'adam')).toHaveLength(2);
  });

  test('with another who speaks in the same place', () => {
    const two = {
      ...current,
      delegations: [delegation('raisa', 'otto'), delegation('raisa', 'anna')],
    };
    expect(voices(two, 'otto', 'anna')).toBe('person-counted-twice');
    expect(voices(two, 'otto', 'adam')).toHaveLength(2);
  });

  test('also once the delegation has ended, if they still speak by another', () => {
    const ended = {
      ...current,
      delegations: [delegation('raisa', 'otto', -1), delegation('carl', 'otto')],
    };
    expect(voices(ended, 'otto', 'raisa')).toBe('person-counted-twice');
  });

  test('and not at all once whoever gave it has no grant any more', () => {
    const one = { ...current, delegations: [delegation('raisa', 'otto')] };
    expect(voices(one, 'otto')).toHaveLength(1);
    expect(voices(change('raisa', { notAfter: at(0.001) }, one), 'otto')).toHaveLength(1);
    expect(voices(change('raisa', { notAfter: NOW }, one), 'otto')).toBe('person-without-group');
  });

  test('a delegation gives a group and no role: who could not raise before does not now', () => {
    const raise = [said('anna', 'raise', current), said('adam', 'approve', current)];
    expect(findVoices(raise, 'withdrawal', { roster: current, at: Date.parse(NOW) })).toBe(
      'raiser-not-entitled',
    );
    const lent = { ...current, delegations: [delegation('raisa', 'anna')] };
    expect(findVoices(raise, 'withdrawal', { roster: lent, at: Date.parse(NOW) })).toBe(
      'raiser-not-entitled',
    );
  });
});
