import { describe, expect, test } from 'vitest';
import type { Roster } from '../roster.ts';
import { findSoloPath } from '../segregation.ts';
import { allow, idOf, officer, person, withPeople, withRules } from './testing/people.ts';

describe('delegations', () => {
  const until = (month: number): string => `2026-0${month}-01T00:00:00.000Z`;

  test('lend a group, and the step says whose and until when', () => {
    const lent: Roster = {
      ...withPeople(
        person('rita', null, officer),
        person('abel', null),
        person('carl', 'custody'),
        person('gina', 'control', { key: 'D' }),
      ),
      delegations: [{ from: idOf('gina'), to: idOf('abel'), notAfter: until(6) }],
    };
    expect(findSoloPath(lent, withRules(allow(['withdrawal'])))?.steps).toContain(
      'p-abelllllll approves for the group control, by the delegation of p-ginaaaaaaa that ends 2026-06-01T00:00:00.000Z.',
    );
  });

  test('give no second voice to whoever lent: giver and stand-in are one', () => {
    const lent: Roster = {
      ...withPeople(
        person('rita', null),
        person('abel', 'control', officer),
        person('carl', null, officer),
        person('gina', 'custody', { key: 'D' }),
      ),
      delegations: [
        { from: idOf('abel'), to: idOf('rita'), notAfter: until(6) },
        { from: idOf('gina'), to: idOf('carl'), notAfter: until(6) },
      ],
    };
    // Abel raises, Rita approves in his place, Carl co-signs for Gina.
    expect(findSoloPath(lent, withRules(allow(['withdrawal'])))).not.toBeNull();
    const twoApprovers = {
      ...allow(['withdrawal']),
      outcome: {
        effect: 'allow' as const,
        needs: [{ group: 'control' as const, decision: 'approve' as const, people: 2 }],
      },
    };
    expect(
      findSoloPath(
        withPeople(...lent.people, person('olga', null, officer)),
        withRules(twoApprovers),
      ),
    ).toBeNull();
    expect(
      findSoloPath(
        { ...lent, people: [...lent.people, person('olga', null, officer)] },
        withRules(twoApprovers),
      ),
    ).toBeNull();
  });

  test('count at every instant: the second begins to matter when the first has ended', () => {
    const people = [
      person('rita', null, officer),
      person('abel', 'control'),
      person('carl', null),
      person('gina', 'recovery', { key: 'D' }),
      person('hugo', 'custody', { key: 'E' }),
    ];
    const delegations = [
      { from: idOf('gina'), to: idOf('carl'), notAfter: until(5) },
      { from: idOf('hugo'), to: idOf('carl'), notAfter: until(6) },
    ];
    const rules = withRules(allow(['withdrawal']));
    expect(findSoloPath({ ...withPeople(...people), delegations }, rules)?.steps).toContain(
      'p-carlllllll co-signs for the group custody, by the delegation of p-hugooooooo that ends 2026-06-01T00:00:00.000Z.',
    );
    const [first, second] = delegations as [(typeof delegations)[0], (typeof delegations)[0]];
    const never = [first, { ...second, notAfter: until(4) }];
    expect(findSoloPath({ ...withPeople(...people), delegations: never }, rules)).toBeNull();
  });

  test('end with everything that their giver was granted', () => {
    const people = [
      person('rita', null, officer),
      person('abel', 'control'),
      person('carl', null),
      { ...person('gina', 'recovery', { key: 'D' }), notAfter: until(4) },
      person('hugo', 'custody', { key: 'E' }),
    ];
    const delegations = [
      { from: idOf('gina'), to: idOf('carl'), notAfter: until(6) },
      { from: idOf('hugo'), to: idOf('carl'), notAfter: until(5) },
    ];
    const draft = { ...withPeople(...people), delegations };
    expect(findSoloPath(draft, withRules(allow(['withdrawal'])))?.steps).toContain(
      'p-carlllllll co-signs for the group custody, by the delegation of p-hugooooooo that ends 2026-05-01T00:00:00.000Z.',
    );
  });

  /** Abel can't speak beside Carl, whom he lends to as well, so he has to keep quiet or raise. */
  const torn = (roles: { abel: typeof officer; other: typeof officer }): Roster => ({
    ...withPeople(
      person('other', 'control', roles.other),
      person('abel', 'control', roles.abel),
      person('carl', null),
      person('hugo', 'custody', { key: 'E' }),
    ),
    delegations: [
      { from: idOf('hugo'), to: idOf('carl'), notAfter: until(6) },
      { from: idOf('abel'), to: idOf('carl'), notAfter: until(6) },
    ],
  });

  test('of two who could raise the one who stands in the way does', () => {
    const path = findSoloPath(
      torn({ abel: officer, other: officer }),
      withRules(allow(['withdrawal'])),
    );
    expect(path?.steps).toContain('p-abelllllll (officer) raises a withdrawal.');
    const manager = { roles: ['manager' as const] };
    const other = torn({ abel: manager, other: officer });
    expect(findSoloPath(other, withRules(allow(['withdrawal'])))).toBeNull();
  });

  test('whoever stands in the way of another keeps quiet', () => {
    const draft = torn({ abel: { roles: ['manager'] }, other: { roles: ['manager'] } });
    const people = [...draft.people, person('rita', null, officer)];
    const path = findSoloPath({ ...draft, people }, withRules(allow(['withdrawal'])));
    expect(path?.steps).toContain('p-otherrrrrr approves for the group control.');
  });
});
