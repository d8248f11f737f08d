import { describe, expect, test } from 'vitest';
import { coverageOf, type Copy, type CoveredKey } from './coverage.ts';

const key: CoveredKey = {
  key: 'key-warm-1',
  epoch: 3,
  threshold: 2,
  parties: ['control', 'custody', 'recovery'],
};
const copy = (party: string, epoch: number, of = 'key-warm-1'): Copy => ({ key: of, epoch, party });

describe('coverage', () => {
  test('counts the epoch in force only, and names earlier ones that still lie around', () => {
    const copies = [
      copy('control', 3),
      copy('control', 3),
      copy('custody', 2),
      copy('recovery', 1),
      copy('custody', 3, 'key-hot-1'),
    ];
    expect(coverageOf(copies, [key])).toEqual([
      {
        key: 'key-warm-1',
        epoch: 3,
        covered: ['control'],
        missing: ['custody', 'recovery'],
        canRebuild: false,
        isComplete: false,
        earlier: [1, 2],
      },
    ]);
  });

  test('is enough with a threshold of shares, and complete with all', () => {
    const two = coverageOf([copy('control', 3), copy('recovery', 3)], [key]);
    expect(two[0]).toMatchObject({ canRebuild: true, isComplete: false, missing: ['custody'] });
    const all = coverageOf(
      key.parties.map((party) => copy(party, 3)),
      [key],
    );
    expect(all[0]).toMatchObject({ canRebuild: true, isComplete: true, missing: [], earlier: [] });
  });

  test('of a party that holds no share of the key counts nothing', () => {
    expect(coverageOf([copy('stranger', 3)], [key])[0]).toMatchObject({ covered: [] });
    expect(coverageOf([], [])).toEqual([]);
  });
});
