/** Which parties work together on a key that exists. Pure. */
import type { Intent } from '#lib/protocol/intent.ts';
import type {
  KeyBackupIntent,
  KeyRefreshIntent,
  KeyRepairIntent,
} from '#lib/protocol/key-intents.ts';

export type KeyLifeIntent = KeyRefreshIntent | KeyRepairIntent | KeyBackupIntent;

/** Kinds about a key that exists already. */
export const keyLifeKinds = ['key-refresh', 'key-repair', 'key-backup'] as const;

export const isKeyLife = (intent: Intent): intent is KeyLifeIntent =>
  (keyLifeKinds as readonly string[]).includes(intent.kind);

/** Names of every party that has to be on. */
export const keyWorkers = (intent: KeyLifeIntent): readonly string[] =>
  intent.kind === 'key-repair' ? [...intent.helpers, intent.party] : intent.parties;
