import { describe, expect, test } from 'vitest';
import {
  findRosterFault,
  groupsOverlap,
  roster as rosterSchema,
  type Roster,
  type RosterFault,
  type RosterPerson,
} from './roster.ts';
import { roster } from './testing/sample.ts';

const [first, second] = roster.people as [RosterPerson, RosterPerson];
const key = first.credentials[0];
if (!key) throw new Error('sample is incomplete');

const change = (changes: Partial<Roster>): Roster => ({ ...roster, ...changes });
const changeFirst = (changes: Partial<RosterPerson>): Roster =>
  change({
    people: roster.people.map((person) => (person === first ? { ...person, ...changes } : person)),
  });

describe('a roster', () => {
  test('that is sound has no fault', () => {
    expect(rosterSchema.safeParse(roster).success).toBe(true);
    expect(findRosterFault(roster)).toBeNull();
    expect(groupsOverlap(roster)).toBe(false);
  });

  test.each<[RosterFault, Roster]>([
    ['duplicate-person', change({ people: [...roster.people, first] })],
    [
      'duplicate-credential',
      changeFirst({ credentials: [{ ...key, id: second.credentials[0]?.id ?? '' }] }),
    ],
    [
      'duplicate-key-material',
      changeFirst({ credentials: [{ ...key, publicKey: second.credentials[0]?.publicKey ?? '' }] }),
    ],
    ['key-unreadable', changeFirst({ credentials: [{ ...key, publicKey: 'AAAA' }] })],
    [
      'duplicate-party',
      change({ parties: roster.parties.map((party) => ({ ...party, index: 1 })) }),
    ],
    [
      'group-without-people',
      change({ people: roster.people.filter((person) => person.group !== 'control') }),
    ],
    [
      'group-without-party',
      change({ parties: roster.parties.filter((party) => party.group !== 'custody') }),
    ],
    ['version-chain', change({ version: 2 })],
    ['version-chain', change({ previous: 'ab'.repeat(32) })],
  ])('%s', (fault, candidate) => expect(findRosterFault(candidate)).toBe(fault));

  test('in which one key, whatever its name, acts for two groups has an overlap', () => {
    const custodian = roster.people.find((person) => person.group === 'custody');
    expect(groupsOverlap(changeFirst({ credentials: custodian?.credentials ?? [] }))).toBe(true);
    const renamed = custodian?.credentials.map((entry) => ({ ...entry, id: 'bmV3' })) ?? [];
    expect(groupsOverlap(changeFirst({ credentials: renamed }))).toBe(true);
  });

  test('spells each key in one way only', () => {
    const respelt = changeFirst({
      credentials: [{ ...key, publicKey: key.publicKey.replace(/.$/, 'B') }],
    });
    expect(rosterSchema.safeParse(respelt).success).toBe(false);
  });
});

describe('in production', () => {
  const https = { id: 'console.example', origins: ['https://console.example'] };
  const hardware = (software: boolean, backupEligible: boolean): RosterPerson[] =>
    roster.people.map((person) => ({
      ...person,
      credentials: person.credentials.map((entry) => ({ ...entry, software, backupEligible })),
    }));
  const production = (changes: Partial<Roster>): Roster =>
    change({ environment: 'production', relyingParty: https, ...changes });
  test.each<[RosterFault, Roster]>([
    ['insecure-origin-in-production', production({ relyingParty: roster.relyingParty })],
    ['software-key-in-production', production({})],
    ['synced-key-in-production', production({ people: hardware(false, true) })],
    ['too-few-keys-in-production', production({ people: hardware(false, false) })],
  ])('%s', (fault, candidate) => expect(findRosterFault(candidate)).toBe(fault));
});
