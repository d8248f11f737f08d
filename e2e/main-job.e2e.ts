import { playMainJob } from './support/main-job.ts';
import { step, test } from './support/test.ts';

test('three new people take a withdrawal from raise to posted journal, and each refusal is in plain words', async ({
  three,
  place,
}) => {
  await playMainJob(three, place.origin, step);
});
