import { refuse, type Refused } from '#lib/platform/result.ts';

/**
 * The most holders among whom anything is shared out at once, in one transaction. With as many, measured on
 * two cores, its longest statements take 5 to 8 s of a processor's time: the step, at which the database
 * compares all shares with the books, and the commit, at which it looks at each once more. A statement is
 * ended after 10 s (`lib/platform/db/client.ts`), so more would never come through, and as many do not on a
 * machine that has other things to do (`sharingTransaction` says so then).
 */
export const holdersMax = 500_000;

/** The refusal of an event or a loss that has more holders than one transaction can write; null for any other. */
export const findTooMany = (holders: number, asset: string): Refused<'too-many-holders'> | null =>
  holders > holdersMax
    ? refuse(
        'too-many-holders',
        `The books have ${holders} holders of ${asset} at that time, and shares are written for ${holdersMax} at most at once. Nothing was written. Tell whoever runs this console: the limit is that of one transaction.`,
      )
    : null;
