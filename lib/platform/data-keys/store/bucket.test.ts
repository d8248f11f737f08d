import { describe, expect, it } from 'vitest';
import { bucketOf, freshIds } from './bucket.ts';

const bucketsOf = (ids: readonly string[]): Set<number> => new Set(ids.map(bucketOf));

describe('ids of new keys', () => {
  it('lie in few buckets where they are made together, so that few files are written', () => {
    const ids = freshIds(1_500);
    expect(new Set(ids).size).toBe(1_500);
    expect(ids.every((id) => /^[0-9a-f]{32}$/u.test(id))).toBe(true);
    expect(bucketsOf(ids).size).toBeLessThanOrEqual(12);
    expect(bucketsOf(freshIds(1)).size).toBe(1);
  });

  it('fill all buckets over many calls', () => {
    const ids = Array.from({ length: 10_000 }, () => freshIds(1)).flat();
    expect(bucketsOf(ids).size).toBe(256);
  });
});
