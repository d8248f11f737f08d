import { refuse, type Refused } from '#lib/platform/result.ts';

/**
 * The most holders among whom anything is shared out at once, in one transaction. Measured with as many: the
 * longest single statement, the end of the transaction with its checks of every share, takes 7 s of a
 * processor's time, and a statement is ended after 10 s (`lib/platform/db/client.ts`); the whole takes less
 * than a minute of the two that it may.
 */
export const holdersMax = 500_000;

/** Of the whole transaction: very many shares are written in many short statements. */
export const sharingTimeoutMs = 120_000;

/** The refusal of an event or a loss that has more holders than one transaction can write; null for any other. */
export const findTooMany = (holders: number, asset: string): Refused<'too-many-holders'> | null =>
  holders > holdersMax
    ? refuse(
        'too-many-holders',
        `The books have ${holders} holders of ${asset} at that time, and shares are written for ${holdersMax} at most at once. Nothing was written. Tell whoever runs this console: the limit is that of one transaction.`,
      )
    : null;
