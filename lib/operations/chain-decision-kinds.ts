/** What two people can decide about a chain that stands still. Pure. */
export const chainDecisionKinds = ['go-on', 'read-anew'] as const;
export type ChainDecisionKind = (typeof chainDecisionKinds)[number];

/** How long the first word waits for the second, in milliseconds; the database holds the same. */
export const decisionWaitsMs = 3_600_000;
