/** A backup of a cold key as far as the document by which each site hands over what it sealed. */
import { vi, expect } from 'vitest';
import { advanceColdCeremony } from '../client/cold-ceremony.ts';
import { runKeyBackup } from '../client/key-backup.ts';
import { adopt, type PartyClient } from '../client/party-client.ts';
import type { ColdCustody } from './cold-custody.ts';
import { travelAll } from './cold-travel.ts';
import { must } from './custody.ts';
import { makeGroups, namingIntent, type TestGroup } from './custodians.ts';
import { keyBackupIntent } from './organisation.ts';

export type HalfBackup = {
  groups: Map<string, TestGroup>;
  /** The document for cold-a, whose answer holds its sealed share. */
  document: string;
};

const members = ['control', 'cold-a', 'cold-b'];

/** @param key of cold-a, cold-b and control, in its first epoch. */
export async function backUpHalf(custody: ColdCustody, key: string): Promise<HalfBackup> {
  const { organisation, control, custody: second, recovery, a, b } = custody;
  const groups = await makeGroups(organisation.roster, members);
  const naming = organisation.bundle(namingIntent(organisation.roster, groups));
  for (const { client } of [control, second, recovery]) must(await adopt(client, naming));
  const bundle = organisation.bundle(keyBackupIntent(1, key, members));
  const drive = (clients: readonly PartyClient[]) => runKeyBackup(clients, bundle);
  const half = await travelAll(custody, drive, { most: 1 });
  if (half.kind !== 'waiting') throw new Error(half.kind);
  await vi.waitFor(
    () => {
      for (const { party } of [a, b]) expect([...party.backups.values()]).not.toContain('sealing');
    },
    { timeout: 30_000, interval: 5 },
  );
  const world = {
    online: [control.client],
    others: [second.client, recovery.client],
    drive,
    knowledge: {},
  };
  const { outcome } = await advanceColdCeremony(half.state, world);
  const out = outcome.kind === 'waiting' && outcome.documents.find(({ to }) => to === 'cold-a');
  if (!out) throw new Error('Nothing left for cold-a.');
  return { groups, document: out.text };
}
