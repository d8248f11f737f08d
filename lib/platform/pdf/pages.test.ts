import { describe, expect, it } from 'vitest';
import { blockMaker, bottomOf, headOf, page, start, type Block } from './blocks.ts';
import { paginate } from './pages.ts';

const maker = blockMaker({
  widthOf: (text, size) => text.length * size,
  printable: (text) => text,
});
const style = { size: 8 };
const columns = [start(page.left, 100), start(150, 80)] as const;
const table = maker.tableOf('Table', columns, ['One', 'Two']);
const words = (count: number) => Array.from({ length: count }, (_, place) => `w${place}`).join(' ');
const row = (one: string, two: string): Block =>
  maker.row(table, [maker.cell(one, columns[0], style), maker.cell(two, columns[1], style)]);

const linesOf = (block: Block) =>
  block.tag === 'TR' ? block.cells.flatMap(({ lines }) => lines) : block.lines;

describe('blocks on pages', () => {
  it.each([0, 1, 20, 60, 90])(
    'lose no line of a row taller than a page, and draw none past its end, after %i rows',
    (before) => {
      const tall = row(words(900), words(300));
      const blocks = [
        maker.text('H2', 'Heading', style),
        ...headOf(table),
        ...Array.from({ length: before }, () => row('a', 'b')),
        tall,
        row('after', 'it'),
      ];
      const pages = paginate(blocks);
      const drawn = pages.flat().filter(({ isRepeated }) => !isRepeated);
      for (const { block, top } of pages.flat())
        expect(top + bottomOf(linesOf(block))).toBeLessThanOrEqual(page.bottom);
      const texts = (all: readonly Block[]) =>
        all.flatMap((block) =>
          block.tag === 'TR'
            ? block.cells.flatMap(({ lines }, column) =>
                lines.map(({ text }) => `${column} ${text}`),
              )
            : block.lines.map(({ text }) => text),
        );
      expect(texts(drawn.map(({ block }) => block)).toSorted()).toEqual(texts(blocks).toSorted());
      for (const placed of pages.slice(1)) expect(placed[0]).toMatchObject({ isRepeated: true });
      // The heading stands with its table.
      expect(pages[0]?.length).toBeGreaterThan(2);
    },
  );

  it('keep a row of up to half a page whole', () => {
    const blocks = Array.from({ length: 30 }, () => row(words(80), 'b'));
    const pages = paginate(blocks);
    const drawn = pages.flat().filter(({ isRepeated }) => !isRepeated);
    expect(drawn.map(({ block }) => block)).toEqual(blocks);
  });

  it('have no heading at the foot of a page, nor the lines between a heading and its table', () => {
    for (let filled = 0; filled < 90; filled += 1) {
      const headings = [
        maker.text('H2', 'Part', style),
        { ...maker.text('P', 'Article', style), introduces: true },
        maker.text('H3', 'Table', style),
        ...headOf(table),
      ];
      const rest = Array.from({ length: filled }, () => maker.text('P', 'a', style));
      const pages = paginate([...rest, ...headings, row('a', 'b')]);
      const pageOf = (block: Block) =>
        pages.findIndex((one) => one.some((placed) => placed.block === block));
      expect(new Set(headings.map(pageOf)).size).toBe(1);
      expect(pages.at(-1)?.length).toBeGreaterThan(1);
    }
  });

  it('split a long paragraph', () => {
    const blocks = [maker.text('P', words(5000), style)];
    const pages = paginate(blocks);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat().flatMap(({ block }) => linesOf(block)).length).toBe(
      blocks.flatMap(linesOf).length,
    );
  });
});
