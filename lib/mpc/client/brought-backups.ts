/** What cold parties sealed for a backup: it came with the answers that people brought from them. */
import { z } from 'zod';
import { shareBackup } from '../backup/archive.ts';
import { backupFile, type BackupFile } from '../backup/backup-file.ts';
import type { ColdCeremony } from './cold-ceremony.ts';

export type BroughtBackup = {
  party: string;
  /** Public key of the custodians it is sealed to, hex. */
  sealedTo: string;
  /** As their custodians store it; null for one that is not whole. */
  file: BackupFile | null;
};

/** The answer to the step that hands over what was sealed. */
const handedOver = z.strictObject({ archive: shareBackup });

/** @param ceremony of a backup that is done, as it lies in its row. */
export const broughtBackups = ({ journal }: ColdCeremony): BroughtBackup[] =>
  journal.flatMap(({ party, value }) => {
    const read = handedOver.safeParse(value);
    if (!read.success || read.data.archive.party !== party) return [];
    const { archive } = read.data;
    return [{ party, sealedTo: archive.backupGroup.publicKey, file: backupFile(archive) }];
  });
