/** What both checks of kept copies share. */
import { createHash } from 'node:crypto';
import { openTexts, type SealedTextRow, type TextTable } from '#lib/audit/sealed-text.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { PressFault } from './find-press-fault.ts';

export const keptFaults = {
  'says-another': 'what was signed is not what stands here',
  'copy-differs': 'the kept copy has another digest than was signed',
  'copy-missing': 'no copy of what was released is kept',
  'words-differ': 'words that can be erased do not fit their commitment',
  'one-person': 'one person, or one key, stands behind it where two have to',
  'other-time': 'it was written down at another time than it was signed',
  'out-of-turn': 'it was released without having been raised',
  'approval-unproved':
    'it counts as approved, and nobody but its maker is shown to have approved it',
  'approval-missing': 'somebody approved it, and it does not count as approved',
} as const;
export type KeptFault = keyof typeof keptFaults | PressFault;

/** What is wrong, and with what. */
export type Fault = { subject: string; what: string; fault: KeptFault };

export const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** What was kept beside a commitment: its text, null where it was erased, or that it is not what was committed to. */
export type KeptWords = { text: string | null } | 'broken';

/** @throws DataKeysError where the key service can't be reached: then nothing is said. */
export async function openKept(table: TextTable, row: SealedTextRow): Promise<KeptWords> {
  try {
    const [text = null] = await openTexts(table, [row]);
    return { text };
  } catch (error) {
    if (error instanceof DataKeysError && error.fault === 'seal-broken') return 'broken';
    throw error;
  }
}
