/**
 * Makes a group of custodians for each party of the sample organisation. What the people of a real one
 * write on cards, alone, lies in files of the sandbox's data folder, and each of them says so.
 */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { groupRecord, type GroupRecord } from '#lib/mpc/backup/group.ts';
import { makeBackupGroup } from '#lib/mpc/backup/make-group.ts';
import { partCard, partFileName, recordFileName } from '#lib/mpc/backup/part-card.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { RosterBackup } from '#lib/protocol/roster.ts';
import type { KeyRingEntry } from '../colleagues/key-ring.ts';
import { noticeText, sandboxMark, type CustodianFiles } from '../custodians/folder.ts';
import { partsNeeded, sampleGroups, type SampleGroup } from '../custodians/people.ts';
import type { SeedContext } from './seed-context.ts';

/**
 * @param of.ring the custodians, who have enrolled.
 * @param of.parties names of those in the first roster; only they get a group.
 * @returns the groups as the roster names them. Those that are made already stay as they are.
 * @throws outside the sandbox.
 */
export async function makeCustodians(
  of: { ring: readonly KeyRingEntry[]; parties: readonly string[]; files: CustodianFiles },
  context: SeedContext,
): Promise<RosterBackup[]> {
  if (context.settings.mode !== 'sandbox')
    throw new Error('Parts of custodians lie in files in the sandbox only.');
  await mkdir(of.files.parts, { recursive: true, mode: 0o700 });
  await writeFile(of.files.notice, noticeText, { mode: 0o600 });
  const backups: RosterBackup[] = [];
  for (const sample of sampleGroups.filter(({ party }) => of.parties.includes(party))) {
    const path = join(of.files.folder, recordFileName(groupId(sample)));
    const record = (await readRecord(path)) ?? (await makeGroup(sample, { ...of, path }, context));
    backups.push(record.group);
  }
  context.log(`${backups.length} groups of custodians are there`);
  return backups;
}

const groupId = ({ party }: SampleGroup): string => `keep-${party}`;

async function readRecord(path: string): Promise<GroupRecord | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : groupRecord.parse(JSON.parse(text));
}

async function makeGroup(
  sample: SampleGroup,
  to: { ring: readonly KeyRingEntry[]; files: CustodianFiles; path: string },
  { settings, clock }: SeedContext,
): Promise<GroupRecord> {
  const made = await makeBackupGroup({
    organisation: settings.organisation,
    environment: settings.mode,
    id: groupId(sample),
    party: sample.party,
    threshold: partsNeeded,
    custodians: sample.people.map(({ handle }) => personOf(handle, to.ring)),
    madeAt: clock(),
  });
  if (!made.ok) throw new Error(made.sentence);
  const { record, parts } = made.value;
  for (const part of parts) {
    const file = join(to.files.parts, partFileName(record, part));
    // A start that was cut off may have left parts of a group that never came to be.
    await writeFile(file, `${sandboxMark}\n\n${partCard(record, part)}\n`, { mode: 0o600 });
    await chmod(file, 0o600);
  }
  // The record comes last: with it the group is made, and its parts are never replaced.
  await writeFile(`${to.path}.new`, `${canonicalize(record)}\n`, { mode: 0o600 });
  await rename(`${to.path}.new`, to.path);
  return record;
}

function personOf(handle: string, ring: readonly KeyRingEntry[]): string {
  const entry = ring.find((candidate) => candidate.handle === handle);
  if (!entry) throw new Error(`Custodian ${handle} has not enrolled.`);
  return entry.operatorId;
}
