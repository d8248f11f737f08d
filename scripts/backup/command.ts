/** What `npm run backup` was asked. */
import { parseArgs } from 'node:util';
import { recipientForm } from '#lib/resilience/backups/recipient.ts';
import { misuse, optionFault } from '../supervisor/usage.ts';

export const BACKUP_USAGE = `npm run backup -- FOLDER                    writes a sealed backup of the live database into FOLDER
npm run backup -- FOLDER --recipient KEY    one that the holder of its private key opens without the data-key service
npm run backup -- FOLDER --keep-days N      and ends those there that are older: their keys are destroyed, then they go
npm run backup -- new-recipient FILE        makes a key pair: the private half into FILE, the public one to see

In production DATABASE_URL, COUNTERSIGN_KEYS and COUNTERSIGN_KEYS_TOKEN_OWNER say where and who.`;

export type BackupCommand =
  | { kind: 'new-recipient'; file: string }
  | { kind: 'backup'; folder: string; recipient: string | null; keepDays: number | null };

const KEEP_DAYS_MAX = 3_660;

/** Pure. @throws Problem with a sentence and the usage. */
export function readBackupCommand(words: readonly string[]): BackupCommand {
  const { positionals, values } = parsed(words);
  const [first, second, ...rest] = positionals;
  if (first === 'new-recipient') {
    if (second === undefined || rest.length > 0 || Object.keys(values).length > 0)
      throw misuse('“new-recipient” takes one file that is not there yet.', BACKUP_USAGE);
    return { kind: 'new-recipient', file: second };
  }
  if (first === undefined || second !== undefined)
    throw misuse('Name one folder that the backup is to lie in.', BACKUP_USAGE);
  const { recipient = null, 'keep-days': keep } = values;
  if (recipient !== null && !recipientForm.test(recipient))
    throw misuse('A recipient’s public key has 64 hex digits.', BACKUP_USAGE);
  const keepDays = keep === undefined ? null : Number(keep);
  if (
    keepDays !== null &&
    !(Number.isInteger(keepDays) && keepDays >= 1 && keepDays <= KEEP_DAYS_MAX)
  )
    throw misuse(`--keep-days takes a number from 1 to ${KEEP_DAYS_MAX}.`, BACKUP_USAGE);
  return { kind: 'backup', folder: first, recipient, keepDays };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { recipient: { type: 'string' }, 'keep-days': { type: 'string' } },
    });
  } catch (error) {
    throw optionFault(error, BACKUP_USAGE);
  }
}
