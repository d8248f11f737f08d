/** The sealed share that lies in an answer, as the file that its custodians store. */
import { z } from 'zod';
import { shareBackup } from '../backup/archive.ts';
import { backupFile, type BackupFile } from '../backup/backup-file.ts';
import type { StepAnswer } from '../wire/cold-documents.ts';

const handedOver = z.strictObject({ archive: shareBackup });

/**
 * What a step of this document handed over. It is sealed to the custodians, whole and within the bounds
 * of a backup's file, or there is none; nothing else of an answer ever becomes a file of its own.
 */
export function sealedIn(answers: readonly StepAnswer[]): BackupFile | null {
  for (const given of answers) {
    const read = given.ok ? handedOver.safeParse(given.value) : null;
    if (read?.success) return backupFile(read.data.archive);
  }
  return null;
}
