/** Gets what one party sealed for a backup, as the file that its custodians store. */
import { backupFile, type BackupFile } from '../backup/backup-file.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import type { PartyAnswer, PartyClient } from './party-client.ts';

/** It opens only with parts of the custodians. Asked again it is the same; one that is not whole is refused. */
export async function collectBackup(
  client: PartyClient,
  operation: string,
): Promise<PartyAnswer<BackupFile>> {
  const answer = await client.call(keyLifeRpc.backupCollect, { operation });
  if (!answer.ok) return answer;
  const { archive } = answer.value;
  const file = archive.party === client.name ? backupFile(archive) : null;
  return file
    ? { ok: true, value: file }
    : { ok: false, refusal: 'party-answer-invalid', party: client.name, culprit: null };
}
