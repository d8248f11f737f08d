/**
 * A party seals its share for its own custodians, with an operation that its own decision allows.
 * Sealing takes a moment, so it is begun and collected in two steps. What was sealed is kept, with
 * the epoch it is of: collected again it is the same, and the status tells what is covered.
 */
import type { KeyBackupIntent } from '#lib/protocol/key-intents.ts';
import type { ShareBackup } from '../backup/archive.ts';
import type { BackupGroup } from '../backup/group.ts';
import { sealShare } from '../backup/seal-share.ts';
import type { Refusal } from '../refusals.ts';
import type { RpcAnswer, RpcRequest } from '../wire/rpc.ts';
import { isOver } from './attempt.ts';
import { faultFields } from './log.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import { raiseRecordMark } from './marks.ts';
import { answer, findShare, note, refuse, type Answer, type Party } from './party.ts';
import { findUsable } from './refresh.ts';
import { findBackupOf, hasBackup, keepBackup } from './store/backups.ts';
import type { KeyRecord } from './store/keys.ts';
import type { Trust } from './store/trust.ts';

const BACKUPS_MAX = 8;

/** Why a backup that was begun did not come about, or that it is under way; by operation. */
export type BackupProgress = 'sealing' | Refusal;

type Sealing = {
  trust: Trust;
  decided: Decided;
  intent: KeyBackupIntent;
  record: KeyRecord;
  group: BackupGroup;
};

/** Decides, and begins to seal; what this operation sealed before is not sealed again. */
export function beginBackup(
  party: Party,
  request: { bundle: LooseBundle },
): Answer<RpcAnswer<'backupBegin'>> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  const verdict = makeDecision(party, trust, {
    loose: request.bundle,
    transaction: null,
    now: party.now(),
  });
  if (!verdict.ok) return verdict;
  const { intent } = verdict.value.bundle;
  if (intent.kind !== 'key-backup') return refuse('kind-done-otherwise');
  const record = findUsable(party, intent.key);
  if (record?.epoch !== intent.epoch) return refuse('key-epoch-differs');
  const group = (trust.roster.backups ?? []).find((entry) => entry.party === party.config.name);
  if (!group) return refuse('backup-group-missing');
  const { operation, key, epoch } = intent;
  const of = { key, epoch, groupKey: group.publicKey };
  if (hasBackup(party.database, of, operation)) return answer({ state: 'sealed' });
  if (!findShare(party, record)) return refuse('share-lost');
  if (party.backups.get(operation) === 'sealing') return answer({ state: 'sealing' });
  const busy = [...party.backups.values()].filter((progress) => progress === 'sealing');
  if (busy.length >= BACKUPS_MAX) return refuse('too-many-sessions');
  party.database.commit(() => keepDecision(party, verdict.value));
  seal(party, { trust, decided: verdict.value, intent, record, group });
  return answer({ state: 'sealing' });
}

/** Seals beside everything else, and keeps what came of it. */
function seal(party: Party, of: Sealing): void {
  const { operation } = of.intent;
  // Of those that failed only the last are remembered.
  for (const [old] of party.backups)
    if (party.backups.size >= 2 * BACKUPS_MAX) party.backups.delete(old);
  party.backups.set(operation, 'sealing');
  makeArchive(party, of)
    .then((made) => {
      const refusal = made.ok ? keep(party, of, made.value) : 'backup-unsound';
      if (refusal) party.backups.set(operation, refusal);
      else party.backups.delete(operation);
    })
    .catch((error: unknown) => {
      party.backups.set(operation, 'internal-fault');
      party.log('internal-fault', faultFields(error));
    });
}

async function makeArchive(party: Party, { trust, record, group }: Sealing) {
  const share = findShare(party, record)?.slice();
  if (!share) throw new Error('The share opened a moment ago.');
  try {
    return await sealShare({
      organisation: trust.roster.organisation,
      environment: trust.roster.environment,
      key: record.key,
      suite: record.suite,
      epoch: record.epoch,
      vault: { id: record.vault, tier: record.tier, chain: record.chain },
      groupKey: record.group,
      members: record.members,
      party: party.config.name,
      share,
      identity: party.identity,
      backupGroup: group,
      madeAt: party.now(),
    });
  } finally {
    share.fill(0);
  }
}

/** Keeps the archive, unless meanwhile people said no or something it rests on changed. */
function keep(party: Party, of: Sealing, archive: ShareBackup): Refusal | null {
  const { trust, decided, intent, record, group } = of;
  const { operation, key, epoch } = intent;
  const { digest: intentDigest, attempt } = decided;
  if (isOver(party, { operation, attempt, intentDigest })) return 'attempt-ended';
  if (party.trust?.rosterHead !== trust.rosterHead) return 'trust-changed';
  if (findUsable(party, key)?.ceremony !== record.ceremony) return 'key-epoch-differs';
  party.database.commit(() => {
    keepBackup(party.database, { key, epoch, groupKey: group.publicKey }, { operation, archive });
    note(party, { event: 'backup-sealed', operation, digest: intentDigest });
  });
  raiseRecordMark(party);
  party.log('backup-sealed', { key, epoch });
  return null;
}

/** What an operation sealed here. It opens only with parts of the custodians, so no decision is asked. */
export function collectBackup(
  party: Party,
  { operation }: RpcRequest<'backupCollect'>,
): Answer<RpcAnswer<'backupCollect'>> {
  const archive = findBackupOf(party.database, operation);
  if (archive) return answer({ archive });
  const progress = party.backups.get(operation) ?? 'backup-unknown';
  return refuse(progress === 'sealing' ? 'backup-unready' : progress);
}
