import { expect, it } from 'vitest';
import { durationText, sizeText } from './words.ts';

it('durations are told as people say them', () => {
  expect([0, 450, 9_949, 10_000, 119_400, 125_000, 7_199_000, 7_260_000].map(durationText)).toEqual(
    ['0.0 s', '0.5 s', '9.9 s', '10 s', '119 s', '2 min 5 s', '119 min 59 s', '2 h 1 min'],
  );
});

it('sizes are told as people say them', () => {
  expect([0, 1, 999_999, 1_000_000, 12_345_678, 23_400_000_000].map(sizeText)).toEqual([
    '0 kB',
    '1 kB',
    '1000 kB',
    '1.0 MB',
    '12.3 MB',
    '23.4 GB',
  ]);
});
