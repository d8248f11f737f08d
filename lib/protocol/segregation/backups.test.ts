import { describe, expect, test } from 'vitest';
import type { Roster, RosterBackup } from '../roster.ts';
import { findSoloPath } from '../segregation.ts';
import { policy } from '../testing/sample.ts';
import { idOf, person, withPeople } from './testing/people.ts';

describe('backups', () => {
  const backup = (
    party: string,
    key: string,
    custodians: string[],
    threshold = 2,
  ): RosterBackup => ({
    id: `keep-${party}`,
    party,
    threshold,
    publicKey: key.repeat(64),
    custodians: custodians.map(idOf),
  });
  const withBackups = (...backups: RosterBackup[]): Roster => ({
    ...withPeople(
      person('abel', 'control'),
      person('carl', 'custody'),
      person('gina', 'recovery', { key: 'D' }),
    ),
    backups,
  });

  test('that one person opens for two parties rebuild a key', () => {
    const draft = withBackups(
      backup('control', 'a', ['abel', 'carl', 'gina']),
      backup('custody', 'b', ['gina', 'carl', 'abel']),
    );
    expect(findSoloPath(draft, policy)).toEqual({
      person: idOf('abel'),
      operation: 'key-recovery',
      steps: [
        'p-carlllllll has the same key id as p-abelllllll, so they are one person.',
        'p-abelllllll and p-carlllllll hold 2 parts of the backup keep-control, which opens with 2: a share of the party control.',
        'p-abelllllll and p-carlllllll hold 2 parts of the backup keep-custody, which opens with 2: a share of the party custody.',
        '2 shares rebuild a key whose threshold is 2, on any machine and past every party.',
      ],
    });
  });

  test.each<[string, RosterBackup[]]>([
    [
      'one of two opens',
      [backup('control', 'a', ['abel', 'carl']), backup('custody', 'b', ['gina', 'carl'])],
    ],
    [
      'both keep the share of one party',
      [backup('control', 'a', ['abel', 'carl']), backup('control', 'b', ['carl', 'abel'])],
    ],
    [
      'more parts are needed',
      [
        backup('control', 'a', ['abel', 'carl', 'gina'], 3),
        backup('custody', 'b', ['abel', 'carl']),
      ],
    ],
  ])('lead nowhere when %s', (_, backups) => {
    expect(findSoloPath(withBackups(...backups), policy)).toBeNull();
  });

  test.each<[string, RosterBackup[]]>([
    [
      'somebody has two parts of each',
      [backup('control', 'a', ['gina', 'gina']), backup('custody', 'b', ['gina', 'gina'])],
    ],
    [
      'a stranger to the roster does',
      [backup('control', 'a', ['zoe', 'zoe']), backup('custody', 'b', ['zoe', 'zoe'])],
    ],
    [
      'one recovery key opens both',
      [backup('control', 'a', ['abel', 'gina']), backup('custody', 'a', ['gina', 'carl'])],
    ],
  ])('are enough when %s', (_, backups) => {
    expect(findSoloPath(withBackups(...backups), policy)?.operation).toBe('key-recovery');
  });

  test('stay with their custodians, whoever speaks for them', () => {
    const draft = withBackups(
      backup('control', 'a', ['abel', 'gina']),
      backup('custody', 'b', ['carl', 'gina']),
    );
    const delegations = [
      { from: idOf('gina'), to: idOf('abel'), notAfter: '2026-06-01T00:00:00.000Z' },
    ];
    expect(findSoloPath({ ...draft, delegations }, policy)).toBeNull();
  });
});
