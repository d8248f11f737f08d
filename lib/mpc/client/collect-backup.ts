/** Gets what one party sealed for a backup, as the file that its custodians store. */
import { readArchive, writeArchive } from '../backup/archive.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import type { PartyAnswer, PartyClient } from './party-client.ts';

export type BackupFile = { name: string; text: string };

/** It opens only with parts of the custodians. Asked again it is the same; one that is not whole is refused. */
export async function collectBackup(
  client: PartyClient,
  operation: string,
): Promise<PartyAnswer<BackupFile>> {
  const answer = await client.call(keyLifeRpc.backupCollect, { operation });
  if (!answer.ok) return answer;
  const { archive } = answer.value;
  const text = writeArchive(archive);
  if (!readArchive(Buffer.from(text)).ok || archive.party !== client.name)
    return { ok: false, refusal: 'party-answer-invalid', party: client.name, culprit: null };
  const name = `share-${archive.key}-${archive.party}-epoch-${archive.epoch}.json`;
  return { ok: true, value: { name, text } };
}
