/**
 * What tests get when they import fast-check: `npm test` draws the same sample each time, so that a red run
 * says that something changed. COUNTERSIGN_SEED draws another one; the long tests draw anew each time.
 */
import fc from 'fast-check';

const SEED = 20_261_128;
const asked = process.env['COUNTERSIGN_SEED'];

if (process.env['COUNTERSIGN_LONG_TESTS'] === undefined || asked !== undefined)
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? SEED) });

export * from 'fast-check';
export default fc;
