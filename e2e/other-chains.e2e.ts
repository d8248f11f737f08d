import { playOtherChains } from './support/other-chains.ts';
import { step, test } from './support/test.ts';

/** Six key presses for each, then the slowest chain; the machine may be busy. */
const ALL_MS = 300_000;

test('the same three people send bitcoin, ether and a euro token, and read what the parties signed', async ({
  three,
  place,
}) => {
  test.setTimeout(ALL_MS);
  await playOtherChains(three, place.origin, step);
});
