import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backupFaultSentence,
  findBackupFault,
  type GroupDraft,
  type KeyHolders,
} from './group-rules.ts';

const draft = (
  party: string,
  custodians: string,
  changes: Partial<GroupDraft> = {},
): GroupDraft => ({
  id: `keep-${party}`,
  party,
  threshold: 2,
  publicKey: `key of ${party}`,
  custodians: custodians.split(''),
  ...changes,
});

const warm: KeyHolders = { key: 'key-warm-1', threshold: 2, parties: ['a', 'b', 'c'] };
const sound = [draft('a', 'rst'), draft('b', 'uvw'), draft('c', 'xyz')];

const everybody = ['r', 's', 't', 'u', 'v', 'w'];

const faultOf = (groups: readonly GroupDraft[], keys: readonly KeyHolders[] = [warm]) =>
  findBackupFault(groups, keys);

describe('backup groups', () => {
  test('of their own people, one per party, are sound', () => {
    expect(faultOf(sound)).toBeNull();
  });

  test.each<[string, GroupDraft[], string]>([
    ['one part opens a group', [draft('a', 'rst', { threshold: 1 })], 'threshold-below-two'],
    ['none do', [draft('a', 'rst', { threshold: 0 })], 'threshold-below-two'],
    [
      'a group asks for more parts than it has',
      [draft('a', 'rst', { threshold: 4 })],
      'threshold-above-custodians',
    ],
    ['a person holds two parts of a group', [draft('a', 'rsr')], 'custodian-twice'],
    ['two groups have one name', [...sound, draft('d', 'mno', { id: 'keep-a' })], 'group-twice'],
    [
      'two groups have one recovery key',
      [...sound, draft('d', 'mno', { publicKey: 'key of a' })],
      'recovery-key-twice',
    ],
    [
      'two groups keep the share of one party',
      [...sound, draft('a', 'mno', { id: 'old', publicKey: 'old' })],
      'party-with-two-groups',
    ],
    ['no group keeps the share of a party', sound.slice(0, 2), 'party-without-group'],
    [
      'a person is in as many groups as rebuild the key',
      [draft('a', 'rst'), draft('b', 'tvw'), draft('c', 'xyz')],
      'custodian-reaches-threshold',
    ],
  ])('are refused when %s', (_why, groups, fault) => {
    const found = faultOf(groups);
    expect(found?.fault).toBe(fault);
    expect(found && backupFaultSentence(found)).toMatch(/^[\p{L}-].{20,}\.$/u);
  });

  test('may share a person where three shares rebuild, and no two who open two shares', () => {
    const three = { ...warm, threshold: 3 };
    expect(faultOf([draft('a', 'rst'), draft('b', 'tvw'), draft('c', 'xyz')], [three])).toBeNull();
    const found = faultOf([draft('a', 'rst'), draft('b', 'stw'), draft('c', 'xyz')], [three]);
    expect(found).toEqual({
      fault: 'group-opens-two-shares',
      key: 'key-warm-1',
      groups: ['keep-a', 'keep-b'],
    });
  });

  test('of parties that share no key may have people in common', () => {
    const keys = [
      { ...warm, parties: ['a', 'b'] },
      { key: 'key-cold-1', threshold: 2, parties: ['c', 'd'] },
    ];
    expect(
      faultOf([draft('a', 'rst'), draft('b', 'uvw'), draft('c', 'rst'), draft('d', 'uvw')], keys),
    ).toBeNull();
  });

  test('found sound leave nobody and no quorum of one group with two shares: tried by brute force', () => {
    const group = fc.record({
      threshold: fc.integer({ min: 2, max: 3 }),
      custodians: fc.uniqueArray(fc.constantFrom(...everybody), { minLength: 2, maxLength: 4 }),
    });
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 2, max: 3 }),
        (drafts, threshold) => {
          const groups = drafts.map((of, place) => ({
            ...draft('abc'.charAt(place), ''),
            ...of,
          }));
          const isSound = faultOf(groups, [{ ...warm, threshold }]) === null;
          const opened = (people: readonly string[]): number =>
            groups.filter(
              (of) => of.custodians.filter((one) => people.includes(one)).length >= of.threshold,
            ).length;
          const crowds = everybody.reduce<string[][]>(
            (all, person) => [...all, ...all.map((some) => [...some, person])],
            [[]],
          );
          const largest = (some: readonly string[]): boolean =>
            groups.some(
              (of) =>
                of.threshold === some.length && some.every((one) => of.custodians.includes(one)),
            );
          const alone = crowds.filter((some) => some.length === 1);
          const canCheat =
            alone.some((some) => opened(some) > 0) ||
            crowds.filter(largest).some((some) => opened(some) > 1);
          if (isSound) found += 1;
          if (isSound) expect(canCheat).toBe(false);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(found).toBeGreaterThan(20);
  });
});
