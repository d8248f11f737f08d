import { describe, expect, test } from 'vitest';
import type { PolicyRule } from './policy.ts';
import type { RosterPerson } from './roster.ts';
import { findSoloPath } from './segregation.ts';
import { naturalPeople } from './segregation/natural-people.ts';
import { findSoloOperation, startSearch } from './segregation/solo-operation.ts';
import { tellOperation } from './segregation/tell.ts';
import {
  allow,
  deny,
  idOf,
  officer,
  person,
  threeInOne,
  withPeople,
  withRules,
} from './segregation/testing/people.ts';
import { policy, roster } from './testing/sample.ts';

describe('a sound roster', () => {
  test('has no solo path under a sound policy', () => {
    expect(findSoloPath(roster, policy)).toBeNull();
  });

  test('has none however little the rules ask for, because the floor stays', () => {
    expect(findSoloPath(roster, withRules(allow(['withdrawal', 'release'])))).toBeNull();
  });
});

describe('one person under several ids', () => {
  test('who raises, approves and co-signs is shown step by step', () => {
    expect(findSoloPath(threeInOne, withRules(allow(['withdrawal'])))).toEqual({
      person: idOf('rita'),
      operation: 'withdrawal',
      steps: [
        'p-abelllllll has the same key id as p-ritaaaaaaa, so they are one person.',
        'p-carlllllll has the same key id as p-ritaaaaaaa, so they are one person.',
        'p-ritaaaaaaa (officer) raises a withdrawal.',
        'p-abelllllll approves for the group control.',
        'p-carlllllll co-signs for the group custody.',
        'The rule "As few as may be" (allow) asks for nobody else.',
      ],
    });
  });

  test('is found through a key that was revoked, and by material under another key id', () => {
    const [rita, abel, carl] = threeInOne.people as [RosterPerson, RosterPerson, RosterPerson];
    const copied = abel.credentials.map((key) => ({
      ...key,
      id: 'CAAA',
      revokedAt: '2026-01-01T00:00:00.000Z',
    }));
    const own = person('abel', 'control', { key: 'D' }).credentials;
    const people = [rita, { ...abel, credentials: [...copied, ...own] }, carl];
    const path = findSoloPath({ ...roster, people }, withRules(allow(['withdrawal'])));
    expect(path?.steps[0]).toBe(
      'p-carlllllll has the same key id as p-ritaaaaaaa, so they are one person.',
    );
    expect(path?.steps[1]).toBe(
      'p-abelllllll has the same key as p-ritaaaaaaa, so they are one person.',
    );
  });

  test('with two of the three says is not enough', () => {
    const two = withPeople(
      person('rita', null, officer),
      person('abel', 'control'),
      person('carl', 'custody', { key: 'D' }),
    );
    expect(findSoloPath(two, withRules(allow(['withdrawal'])))).toBeNull();
  });

  test('who may only stop things has no path', () => {
    expect(findSoloPath(threeInOne, withRules(allow(['freeze', 'revocation'])))).toBeNull();
  });

  test('raises changes of people as administrator, and withdrawals not', () => {
    const [, abel, carl] = threeInOne.people as [RosterPerson, RosterPerson, RosterPerson];
    const anna = person('anna', null, { roles: ['administrator'] });
    const people = withPeople(anna, abel, carl);
    expect(findSoloPath(people, withRules(allow(['withdrawal'])))).toBeNull();
    const path = findSoloPath(people, withRules(allow(['withdrawal', 'roster-change'])));
    expect(path?.operation).toBe('roster-change');
  });
});

describe('rules', () => {
  const pathUnder = (...rules: PolicyRule[]): string | undefined =>
    findSoloPath(threeInOne, withRules(...rules))?.steps.at(-1);
  const found = 'The rule "As few as may be" (allow) asks for nobody else.';

  test.each<[string, PolicyRule[]]>([
    ['behind one that denies everything', [deny(['withdrawal']), allow(['withdrawal'])]],
    ['for other kinds', [deny(['withdrawal']), allow(['freeze'])]],
    ['for an asset without a cap', [allow(['withdrawal'], { assets: ['BTC'] })]],
    ['above the cap', [allow(['withdrawal'], { assets: ['SOL'], amountAbove: '500000000000' })]],
    [
      'behind one that can never be answered',
      [deny(['withdrawal'], { eurCentsAbove: '5' }), allow(['withdrawal'])],
    ],
    ['that asks for what does not apply', [allow(['roster-change'], { tiers: ['hot'] })]],
    [
      'for new destinations where young ones are denied',
      [
        deny(['destination-listing'], { destinationYoungerThan: 60 }),
        allow(['destination-listing']),
      ],
    ],
    [
      'behind ones that divide everything between them',
      [
        deny(['withdrawal'], { firstUse: true }),
        deny(['withdrawal'], { tiers: ['hot', 'cold'] }),
        deny(['withdrawal'], { tiers: ['warm'], firstUse: false }),
        allow(['withdrawal']),
      ],
    ],
  ])('lead nowhere %s', (_, rules) => {
    expect(pathUnder(...rules)).toBeUndefined();
  });

  test.each<[string, PolicyRule[]]>([
    [
      'below a bound',
      [deny(['withdrawal'], { assets: ['SOL'], amountAbove: '10' }), allow(['withdrawal'])],
    ],
    ['at the cap', [allow(['withdrawal'], { assets: ['SOL'], amountAbove: '499999999999' })]],
    [
      'for a vault that no rule names',
      [deny(['withdrawal'], { vaults: ['vault-0', 'vault-1'] }), allow(['withdrawal'])],
    ],
    [
      'for what was sent to before',
      [deny(['withdrawal'], { firstUse: true }), allow(['withdrawal'])],
    ],
    [
      'at other hours',
      [
        deny(['withdrawal'], {
          hours: {
            zone: 'Europe/Vienna',
            days: [1, 2, 3, 4, 5, 6, 7],
            from: '06:00',
            to: '05:59',
            holds: 'inside',
          },
        }),
        allow(['withdrawal']),
      ],
    ],
    [
      'at a party that lost where the key belongs',
      [
        deny(['key-repair'], { tiers: ['hot', 'warm', 'cold'] }),
        {
          ...allow(['key-repair']),
          outcome: {
            effect: 'allow',
            needs: [{ group: 'recovery', decision: 'cosign', people: 1 }],
          },
        },
      ],
    ],
  ])('are reached %s', (name, rules) => {
    const people = name.includes('lost')
      ? [...threeInOne.people, person('remy', 'recovery')]
      : threeInOne.people;
    expect(findSoloPath(withPeople(...people), withRules(...rules))?.steps.at(-1)).toBe(found);
  });
});

test('a draft made to take for ever gets the careful answer, which says so', () => {
  const [someone] = naturalPeople(threeInOne);
  const search = startSearch(
    threeInOne,
    withRules(deny(['withdrawal'], { tiers: ['hot'] }), allow(['withdrawal'])),
    0,
  );
  const found = someone && findSoloOperation(someone, search);
  expect(found && tellOperation(found, threeInOne)).toContain(
    'There are more ways than can be tried one by one, so it is taken that one of them works.',
  );
});
