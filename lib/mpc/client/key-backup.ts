/** Has every party of a key seal its share for its custodians, and collects what they sealed. */
import { canonicalize } from '#lib/protocol/intent.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { KeyBackupIntent } from '#lib/protocol/key-intents.ts';
import { readArchive, writeArchive, type ShareBackup } from '../backup/archive.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import type { PartyAnswer, PartyClient } from './party-client.ts';
import { askAll, of } from './relay.ts';
import { tryAgain } from './try-again.ts';

export type BackupRound = 'begin' | 'collect';

export type BackedUpKey = {
  key: string;
  epoch: number;
  publicKey: string;
  /** One of each party, in the order of the operation's parties. Store each where its group wants it. */
  archives: ShareBackup[];
};

/** How often, and how long apart in milliseconds, a party that still seals is asked. */
const COLLECTIONS = 40;
const PAUSE_MS = 50;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * Asked again for the same operation it collects the same archives. They are checked for everything
 * that can be told without a custodian: form, digest, the party's signature, and that all of them
 * are of one key and epoch.
 * @param clients all known parties; those that hold no share are left out.
 * @param options.onRound called, and waited for, before each round.
 * @throws when the operation is none for this, or one of its parties is not configured.
 */
export async function runKeyBackup(
  clients: readonly PartyClient[],
  bundle: OperationBundle,
  options: { onRound?: (round: BackupRound) => void | Promise<void> } = {},
): Promise<PartyAnswer<BackedUpKey>> {
  const { intent } = bundle;
  if (intent.kind !== 'key-backup') throw new Error('Only a key backup backs a key up.');
  const members = intent.parties.flatMap((name) =>
    clients.filter((client) => client.name === name),
  );
  if (members.length !== intent.parties.length)
    throw new Error('A party of the key is not configured.');
  const onRound = async (round: BackupRound): Promise<void> => {
    await options.onRound?.(round);
  };
  return tryAgain(() => tryToBackUp(members, bundle, intent, onRound));
}

async function tryToBackUp(
  members: readonly PartyClient[],
  bundle: OperationBundle,
  intent: KeyBackupIntent,
  onRound: (round: BackupRound) => Promise<void>,
): Promise<PartyAnswer<BackedUpKey>> {
  await onRound('begin');
  const begun = await askAll(members, (client) => client.call(keyLifeRpc.backupBegin, { bundle }));
  if (!begun.ok) return begun;
  await onRound('collect');
  const collected = await askAll(members, (client) => collect(client, intent.operation));
  if (!collected.ok) return collected;
  const archives = members.map(({ name }) => of(collected.values, name));
  const bad = archives.findIndex((archive, at) => !belongs(archive, intent, archives[0], at));
  const party = members[bad]?.name;
  if (party !== undefined)
    return { ok: false, refusal: 'party-answer-invalid', party, culprit: null };
  const publicKey = archives[0]?.groupKey.commitments[0] ?? '';
  return { ok: true, value: { key: intent.key, epoch: intent.epoch, publicKey, archives } };
}

async function collect(client: PartyClient, operation: string): Promise<PartyAnswer<ShareBackup>> {
  for (let asked = 1; ; asked += 1) {
    const answer = await client.call(keyLifeRpc.backupCollect, { operation });
    if (answer.ok) return { ok: true, value: answer.value.archive };
    if (answer.refusal !== 'backup-unready' || asked >= COLLECTIONS) return answer;
    await pause();
  }
}

/** True for a genuine archive of this party, key and epoch that says the same of the key as the first. */
function belongs(
  archive: ShareBackup,
  intent: KeyBackupIntent,
  first: ShareBackup | undefined,
  at: number,
): boolean {
  const { key, epoch, parties, organisation, environment } = intent;
  const said = ({ groupKey, members, vault }: ShareBackup): string =>
    canonicalize({ groupKey, members, vault });
  return (
    readArchive(Buffer.from(writeArchive(archive))).ok &&
    archive.organisation === organisation &&
    archive.environment === environment &&
    archive.key === key &&
    archive.epoch === epoch &&
    archive.party === parties[at] &&
    first !== undefined &&
    said(archive) === said(first)
  );
}
