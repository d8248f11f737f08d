/** Naming, replacing and ending the custodians of a party's shares. Pure. */
import { z } from 'zod';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { rosterBackup, type Roster } from '#lib/protocol/roster.ts';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import { recordMax, type RosterChange } from './change.ts';
import type { EditRefusal } from './edit-roster.ts';

type Change = Extract<RosterChange, { what: 'custodians' | 'end-custodians' }>;

/** Of the record the group alone is signed; the rest of it is for the people at the ceremony. */
const record = z.looseObject({
  type: z.literal('countersign/backup-group/v1'),
  organisation: z.string(),
  environment: z.string(),
  group: rosterBackup,
});

export function editCustodians(roster: Roster, change: Change): Result<Roster, EditRefusal> {
  const { backups: before = [], ...rest } = roster;
  const named = (backups: NonNullable<Roster['backups']>): Result<Roster, EditRefusal> =>
    ok(backups.length === 0 ? rest : { ...rest, backups });
  if (change.what === 'end-custodians') {
    if (!before.some(({ party }) => party === change.party))
      return refuse('party-unknown', 'This party has no custodians in the roster in force.');
    return named(before.filter(({ party }) => party !== change.party));
  }
  const group = readRecord(roster, change.record);
  if (!group.ok) return group;
  return named([...before.filter(({ party }) => party !== group.value.party), group.value]);
}

function readRecord(
  roster: Roster,
  text: string,
): Result<z.infer<typeof rosterBackup>, EditRefusal> {
  const json = readStrictJson(Buffer.from(text.trim()), recordMax * 4);
  const read = json.ok ? record.safeParse(json.value) : null;
  if (!read?.success)
    return refuse(
      'record-unreadable',
      'This is no record of a backup group. Paste the whole of the public file that making the group left behind.',
    );
  const { organisation, environment, group } = read.data;
  if (organisation !== roster.organisation || environment !== roster.environment)
    return refuse(
      'record-foreign',
      'This group was made for another organisation or environment, so its parts would not fit here.',
    );
  const unknown = group.custodians.find((id) => !roster.people.some((one) => one.id === id));
  if (unknown !== undefined)
    return refuse('person-unknown', `Custodian ${unknown} is not in the roster. Admit them first.`);
  if (!roster.parties.some(({ name }) => name === group.party))
    return refuse('party-unknown', `There is no party ${group.party} in the roster.`);
  return ok(group);
}
