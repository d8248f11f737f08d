/** Whose account in a vault an operation takes from. */
import type { MovingIntent } from './intent.ts';

/**
 * A withdrawal takes from the account of the client who is paid out, a transfer from the one that it names.
 * @returns the client's number; null for the custodian's own account, and where a transfer names none, because its
 *   vault has one address for all.
 */
export const ownerOf = (intent: MovingIntent): string | null =>
  intent.kind === 'withdrawal' ? intent.client : (intent.owner ?? null);
