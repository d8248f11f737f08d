/** What two people can decide about a chain that stands still. Pure. */
export const chainDecisionKinds = ['go-on', 'go-on-uncompared', 'read-anew'] as const;
export type ChainDecisionKind = (typeof chainDecisionKinds)[number];

/** How long the first word waits for the second, in milliseconds; the database holds the same. */
export const decisionWaitsMs = 3_600_000;

/**
 * How long what two people signed waits for the worker, in milliseconds, to be proved and to be carried out: what is lost
 * later is another case.
 */
export const decidedWaitsMs = 3_600_000;

/** How long nobody asks anew because the worker is about to look at what was signed, in milliseconds. */
export const checkWaitsMs = 120_000;

/** Places that two people can name in one decision; the database holds the same. */
export const placesMax = 2_000;

/** Nothing is left out unnamed, so with more than one decision can name nobody leaves any out. */
export const tooManyToName = (places: readonly unknown[]): boolean => places.length > placesMax;

export const tooManySentence =
  'More than 2,000 places are not compared, and one decision names 2,000 at most. Compare some of them first, in Reconciliation.';

const groundLost: ReadonlySet<string> = new Set(['checkpoint-gone', 'known-blocks-gone']);

/** Whether what was found leaves a watcher of deposits without a block to go on from. @param detail of a hold. */
export const isGroundLost = (detail: string): boolean => groundLost.has(detail);
