import { describe, expect, it } from 'vitest';
import { page } from '#lib/platform/pdf/blocks.ts';
import { paginate } from '#lib/platform/pdf/pages.ts';
import { statementBlocks } from './pdf-blocks.ts';
import { sampleAsset, sampleStatement } from './testing/sample-statement.ts';

const setting = {
  widthOf: (text: string, size: number) => text.length * size * 0.6,
  printable: (text: string) => text,
};

describe('pages', () => {
  const movements = Array.from({ length: 200 }, () => ({ amount: '5' }));
  const content = sampleStatement({ assets: [sampleAsset('SOL', 9, 0n, movements)] });
  const blocks = statementBlocks(content, 'ab'.repeat(32), setting);
  const pages = paginate(blocks);

  it('hold every block once, in order, inside their margins', () => {
    const placed = pages.flat().filter(({ isRepeated }) => !isRepeated);
    expect(placed.map(({ block }) => block)).toEqual(blocks);
    for (const { block, top } of pages.flat()) {
      expect(top).toBeGreaterThanOrEqual(page.top);
      expect(top + block.height).toBeLessThanOrEqual(page.bottom);
    }
  });

  it('begin with the head of a table that goes on, and never end with a heading', () => {
    expect(pages[1]?.[0]).toMatchObject({ isRepeated: true });
    for (const { block } of pages
      .map((placed) => placed.at(-1))
      .filter((last) => last !== undefined))
      expect(block.tag === 'H2' || (block.tag === 'TR' && block.isHead)).toBe(false);
  });

  it('keep every text between the left and the right margin', () => {
    for (const block of blocks)
      for (const line of block.tag === 'TR'
        ? block.cells.flatMap(({ lines }) => lines)
        : block.lines) {
        expect(line.x).toBeGreaterThanOrEqual(page.left - 0.01);
        expect(line.x + setting.widthOf(line.text, line.size)).toBeLessThanOrEqual(
          page.right + 0.01,
        );
      }
  });
});
