/** What a person is told of a failure that nobody foresaw. */
import { refuse, type Refused } from '#lib/platform/result.ts';

/**
 * Says for every such failure that the step may have counted: after a lost connection nobody knows
 * whether the database committed.
 * @param reference found again beside the error in the log
 */
export const unexpected = (reference: string): Refused<'unexpected'> =>
  refuse(
    'unexpected',
    `Something went wrong on our side. Reload to see whether it counted before you try again; if it stays, report reference ${reference}.`,
  );
