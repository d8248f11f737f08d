/** What both checks of kept copies share. Pure. */
import { createHash } from 'node:crypto';
import type { PressFault } from './find-press-fault.ts';

export const keptFaults = {
  'says-another': 'what was signed is not what stands here',
  'copy-differs': 'the kept copy has another digest than was signed',
  'copy-missing': 'no copy of what was released is kept',
  'words-differ': 'words that can be erased do not fit their commitment',
  'one-person': 'one person, or one key, stands behind it where two have to',
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

/** Whether words that stand, or that were erased, fit the commitment that was signed. */
export const fitsCommitment = (
  words: string | null,
  salt: Uint8Array | null,
  commitment: string | null,
): boolean => words === null || (salt !== null && sha256(salt, words) === commitment);
