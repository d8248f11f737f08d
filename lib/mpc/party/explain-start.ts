/** Why a party could not start, for the person who starts it. */
import { ConfigurationError } from './configuration-error.ts';
import { faultFields } from './log.ts';
import { SealError } from './seal.ts';
import { StoreError } from './store/database.ts';

/** Faults that the person can mend have a sentence; others show where, not what. */
export function explainStart(error: unknown): string {
  if (
    error instanceof ConfigurationError ||
    error instanceof StoreError ||
    error instanceof SealError
  )
    return error.message;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'The address of this party is taken by another process.';
  if (code === 'EACCES' || code === 'EPERM')
    return 'The party may not write where it has to. Check its data folder and address.';
  if (code === 'ENOSPC') return 'The disk is full. Make room and start the party again.';
  if (code === 'ENOENT') return 'A file that the settings name does not exist.';
  const { fault, where } = faultFields(error);
  return `The party could not start (${String(fault)} at ${String(where ?? 'an unknown place')}).`;
}
