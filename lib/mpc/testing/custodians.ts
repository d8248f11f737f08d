/** Groups of custodians for the parties of a test, in a new version of the roster. */
import { digestOf, type Intent } from '#lib/protocol/intent.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import type { GroupRecord } from '../backup/group.ts';
import { makeBackupGroup, type CustodianPart } from '../backup/make-group.ts';
import { rosterChangeIntent } from './organisation.ts';

export type TestGroup = { record: GroupRecord; parts: CustodianPart[] };

const LETTERS = 'bcdefghijk';

/** Makes one group of two of three people for each party. */
export async function makeGroups(
  { organisation, environment }: Roster,
  parties: readonly string[],
  generation = 0,
): Promise<Map<string, TestGroup>> {
  const groups = new Map<string, TestGroup>();
  for (const [at, party] of parties.entries()) {
    const letter = LETTERS[(generation * parties.length + at) % LETTERS.length] ?? 'z';
    const made = await makeBackupGroup({
      organisation,
      environment,
      id: `keep-${party}`,
      party,
      threshold: 2,
      custodians: ['x', 'y', 'z'].map((last) => `p-${letter.repeat(9)}${last}`),
      madeAt: new Date(),
    });
    if (!made.ok) throw new Error(made.sentence);
    groups.set(party, made.value);
  }
  return groups;
}

/** The operation that names these groups; its people are in the roster and do nothing else. */
export function namingIntent(current: Roster, groups: ReadonlyMap<string, TestGroup>): Intent {
  const backups = [...groups.values()].map(({ record }) => record.group);
  const known = new Set(current.people.map(({ id }) => id));
  const custodians = backups
    .flatMap((group) => group.custodians)
    .filter((id) => !known.has(id))
    .map((id) => ({ id, roles: ['auditor' as const], group: null, credentials: [] }));
  const intent = rosterChangeIntent(current);
  if (intent.kind !== 'roster-change') throw new Error('This is a roster change.');
  return {
    ...intent,
    roster: {
      ...current,
      version: current.version + 1,
      previous: digestOf(current),
      people: [...current.people, ...custodians],
      backups,
    },
  };
}
