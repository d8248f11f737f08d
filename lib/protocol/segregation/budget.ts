/**
 * Steps of search left. Drafts can be made so that trying everything would take years; where the
 * steps run out the answer is `unsure`, and the analyser takes the careful side.
 */
export type Budget = { steps: number };

/** Some seconds; drafts that people make for their work take a few thousand. */
export const STEPS_MAX = 20_000_000;
