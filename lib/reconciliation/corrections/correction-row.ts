/** A correction's row, and where it stands. */
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { correctionDocument, type CorrectionDocument } from '#lib/protocol/correction.ts';

/** A correction that nobody approves within this time has to be raised again. */
export const correctionLifetimeMs = 3 * 86_400_000;

export type CorrectionRow = Prisma.LedgerCorrectionGetPayload<object>;

export const correctionStandings = [
  'waiting',
  'approved',
  'declined',
  'withdrawn',
  'expired',
] as const;
/** One that waits beyond its time has expired; nothing needs to happen for that. */
export type CorrectionStanding = (typeof correctionStandings)[number];

export function standingOf(
  { state, expiresAt }: Pick<CorrectionRow, 'state' | 'expiresAt'>,
  now: Date,
): CorrectionStanding {
  if (state === 'waiting' && expiresAt <= now) return 'expired';
  const found = correctionStandings.find((one) => one === state);
  // The database holds the same list.
  if (found === undefined) throw new Error(`Unknown word on record: ${state}`);
  return found;
}

export const documentOf = ({ document }: Pick<CorrectionRow, 'document'>): CorrectionDocument =>
  correctionDocument.parse(JSON.parse(document));

export const correctionUnknown = () => refuse('correction-unknown', 'There is no such correction.');

export type EndedRefusal = 'correction-ended' | 'correction-expired';

/** Why nobody can decide on it any more; null while it waits. */
export function findEnd(row: CorrectionRow, now: Date): Refused<EndedRefusal> | null {
  const standing = standingOf(row, now);
  switch (standing) {
    case 'waiting':
      return null;
    case 'expired':
      return refuse(
        'correction-expired',
        `${row.number} waited too long and has expired. Raise it again if it still holds.`,
      );
    case 'approved':
      return refuse(
        'correction-ended',
        `${row.number} was approved before: its journal is ${row.journal?.toString() ?? ''}. Nothing was posted twice.`,
      );
    default:
      return refuse(
        'correction-ended',
        `${row.number} was ${standing} before. Raise another if the books are still wrong.`,
      );
  }
}
