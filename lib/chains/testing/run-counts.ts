/** How often the property tests of the chains draw: a sample with `npm test`, all with `npm run test:long`. */

export const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

/** Random withdrawals of each form that decoder and party are tried with. */
const WITHDRAWALS = 10_000;

/**
 * @param sample drawn with `npm test`.
 * @param inFull drawn in full; fewer where one draw reads a transaction a hundred times over.
 */
export const runs = (sample: number, inFull = WITHDRAWALS): number => (isLong ? inFull : sample);

/** For one property, in milliseconds; the long form of one takes minutes. */
export const propertyTimeout = isLong ? 60 * 60_000 : 60_000;
