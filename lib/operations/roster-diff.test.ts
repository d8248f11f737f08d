import { describe, expect, it } from 'vitest';
import type { Roster, RosterBackup } from '#lib/protocol/roster.ts';
import { at, personIdOf, roster } from '#lib/protocol/testing/sample.ts';
import { rosterDiff, unusualRoster } from './roster-diff.ts';

const nameOf = (person: string): string => `Name of ${person}`;
const diff = (change: Partial<Roster>, before = roster) =>
  rosterDiff(before, { ...before, ...change, version: before.version + 1 }, nameOf);

const [first, second, third] = roster.people;
if (!first || !second || !third) throw new Error('The sample is incomplete.');
const [key] = first.credentials;
if (!key) throw new Error('The sample is incomplete.');

const withFirst = (change: Partial<typeof first>) =>
  diff({ people: roster.people.map((one) => (one === first ? { ...one, ...change } : one)) });

const giver = roster.people.find(({ group }) => group === 'control') ?? first;
const lent = { from: giver.id, to: personIdOf('raisa'), notAfter: at(3_600) };

const keep: RosterBackup = {
  id: 'keep-control',
  party: 'control',
  threshold: 2,
  publicKey: 'ab'.repeat(32),
  custodians: [first.id, second.id],
};

describe('what a new roster changes', () => {
  it('names the end of a key and of a person', () => {
    const end = '2026-11-27T15:00:00.000Z';
    expect(withFirst({ notAfter: end }).changed[0]?.changes).toEqual([
      'everything granted counts until 27 Nov 2026, 15:00:00 UTC, before without an end',
    ]);
    const [line] =
      withFirst({ credentials: [{ ...key, notAfter: end }] }).changed[0]?.changes ?? [];
    expect(line).toMatch(/^key \w+( \w+){5} counts until 27 Nov 2026, 15:00:00 UTC, before/);
  });

  it('names a delegation that is set, moved, ended, or lends something else', () => {
    const set = diff({ delegations: [lent] });
    expect(set.tightens).toBe(false);
    expect(set.arrangements).toMatchObject([{ how: 'added', about: 'delegation' }]);
    expect(set.arrangements[0]?.sentence).toContain('for Control, until 2 Mar 2026, 11:00:00 UTC.');
    const before = { ...roster, delegations: [lent] };
    const moved = diff({ delegations: [{ ...lent, notAfter: at(60) }] }, before);
    expect(moved.arrangements[0]).toMatchObject({ how: 'changed' });
    const ended = diff({ delegations: [] }, before);
    expect(ended).toMatchObject({ arrangements: [{ how: 'removed' }], tightens: true });
    const people = roster.people.map((one) =>
      one === giver ? { ...one, group: 'recovery' as const } : one,
    );
    expect(diff({ people }, before).arrangements[0]?.sentence).toContain('for Recovery');
  });

  it('names every member of a group of custodians, by id as well, and its key', () => {
    expect(diff({ backups: [keep] }).arrangements[0]?.sentence).toBe(
      `Group keep-control: any 2 of ${nameOf(first.id)} (${first.id}), ${nameOf(second.id)} (${second.id}) open the share of party control, which is sealed to key ${keep.publicKey}.`,
    );
    const before = { ...roster, backups: [keep] };
    for (const change of [
      { custodians: [first.id, third.id] },
      { custodians: [second.id, first.id] },
      { threshold: 3 },
      { publicKey: 'cd'.repeat(32) },
      { id: 'other' },
    ])
      expect(diff({ backups: [{ ...keep, ...change }] }, before).arrangements).toMatchObject([
        { how: 'changed', about: 'custodians' },
      ]);
  });

  it('never says that nothing changes when something does', () => {
    expect(diff({}).other).toEqual([]);
    expect(diff({ people: roster.people.toReversed() }).other).toEqual([
      'Something changes that can’t be shown here. Do not approve it.',
    ]);
  });

  it('stands out where somebody gets a say in another’s place', () => {
    const titles = (of: ReturnType<typeof diff>) =>
      unusualRoster(of).found.map(({ title }) => title);
    expect(titles(diff({ delegations: [lent] }))).toContain(
      'Somebody gets a say in another’s place.',
    );
    expect(titles(diff({ delegations: [] }, { ...roster, delegations: [lent] }))).toEqual([]);
  });
});
