import { expect, it } from 'vitest';
import { heightAfter, isMarkThere, markOf } from './block-mark.ts';

const mark = markOf({ height: 100, hash: 'aa' });
const chainWith = (hash: string | null) => ({
  blockHash: (height: number) => Promise.resolve(height === 100 ? hash : null),
});

it('a run goes on behind the block of its mark, and from the first block without one', () => {
  expect([heightAfter(mark), heightAfter('100'), heightAfter(null)]).toEqual([101, 101, 0]);
});

it('a mark is there while the chain has its block, and no longer when another lies at that height', async () => {
  expect(await isMarkThere(mark, chainWith('aa'))).toBe(true);
  expect(await isMarkThere(mark, chainWith('bb'))).toBe(false);
});

it('a mark that a node has not come to, or that names no block, is taken as there', async () => {
  expect(await isMarkThere(mark, chainWith(null))).toBe(true);
  expect(await isMarkThere('100', chainWith('bb'))).toBe(true);
});
