'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { listParties } from '../list-parties.ts';
import { collectBackups } from './collect-backups.ts';
import { prepareKeyBackup } from './prepare-key-backup.ts';
import { prepareKeyRefresh } from './prepare-key-refresh.ts';
import { prepareKeyRepair } from './prepare-key-repair.ts';

export async function prepareKeyRefreshAction(input: unknown) {
  return asActor((actor, context) => prepareKeyRefresh(actor, input, context));
}

export async function prepareKeyBackupAction(input: unknown) {
  return asActor((actor, context) => prepareKeyBackup(actor, input, context));
}

export async function prepareKeyRepairAction(input: unknown) {
  return asActor((actor, context) => prepareKeyRepair(actor, input, context));
}

export async function collectBackupsAction(operation: string) {
  return asActor((actor, context) => collectBackups(actor, { operation }, listParties(), context));
}
