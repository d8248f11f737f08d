import { describe, expect, it } from 'vitest';
import { bucketOf, freshIds } from './bucket.ts';
import { isProvedId } from './id-proof.ts';

const secret = Buffer.alloc(32, 3);

const bucketsOf = (ids: readonly string[]): Set<number> => new Set(ids.map(bucketOf));

describe('ids of new keys', () => {
  it('lie in few buckets where they are made together, so that few files are written', () => {
    const ids = freshIds(1_500, secret);
    expect(new Set(ids).size).toBe(1_500);
    expect(ids.every((id) => /^[0-9a-f]{32}$/u.test(id))).toBe(true);
    expect(bucketsOf(ids).size).toBeLessThanOrEqual(12);
    expect(bucketsOf(freshIds(1, secret)).size).toBe(1);
  });

  it('fill all buckets over many calls', () => {
    const ids = Array.from({ length: 10_000 }, () => freshIds(1, secret)).flat();
    expect(bucketsOf(ids).size).toBe(256);
  });

  it('prove that they were made here, which no other id does', () => {
    const [id = ''] = freshIds(1, secret);
    expect(isProvedId(id, secret)).toBe(true);
    expect(isProvedId(id, Buffer.alloc(32, 4))).toBe(false);
    for (let at = 0; at < id.length; at += 1) {
      const other = `${id.slice(0, at)}${id[at] === '0' ? '1' : '0'}${id.slice(at + 1)}`;
      expect(isProvedId(other, secret)).toBe(false);
    }
  });
});
