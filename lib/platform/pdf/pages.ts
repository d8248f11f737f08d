/**
 * Blocks onto pages: a table's head stands on every page it reaches, no heading stands last, and what is taller than
 * half a page goes on over the next, so that no line is ever drawn past the end of the paper.
 */
import { bottomOf, page, type Block, type Line } from './blocks.ts';

export type Placed = {
  block: Block;
  /** Points from the top of the page. */
  top: number;
  /** True for the head of a table that goes on from the page before. */
  isRepeated: boolean;
};

const room = page.bottom - page.top;
/** A block up to this height stays whole. */
const wholeMax = room / 2;
/** A taller one begins where at least so much of it fits. */
const begunLeast = room / 8;

const isIntroducing = (block: Block): boolean =>
  block.tag === 'TR' ? block.isHead : block.tag !== 'P' || block.introduces === true;

/** How much a block needs so that something of what it introduces stands with it. */
function needed(blocks: readonly Block[], at: number): number {
  let height = 0;
  for (let next = at; next < blocks.length; next += 1) {
    const block = blocks[next];
    if (!block) break;
    height += block.height > wholeMax ? begunLeast : block.height;
    if (!isIntroducing(block)) break;
  }
  return height;
}

const linesOf = (block: Block): Line[] =>
  block.tag === 'TR' ? block.cells.flatMap(({ lines }) => lines) : block.lines;

const cutBy = (lines: readonly Line[], fits: (line: Line) => boolean, from: number) => ({
  first: lines.filter(fits),
  rest: lines.filter((line) => !fits(line)).map((line) => ({ ...line, y: line.y - from })),
});

/** The lines of a block that end within some points, and the others; null for either where it has none. */
function split(block: Block, height: number): { first: Block | null; rest: Block | null } {
  const fits = ({ y, size }: Line) => bottomOf([{ y, size }]) <= height;
  const after = linesOf(block).filter((line) => !fits(line));
  if (after.length === 0) return { first: block, rest: null };
  if (after.length === linesOf(block).length) return { first: null, rest: block };
  const from = Math.min(...after.map(({ y }) => y));
  const left = block.height - from;
  if (block.tag !== 'TR') {
    const { first, rest } = cutBy(block.lines, fits, from);
    return {
      first: { ...block, lines: first, height },
      rest: { ...block, lines: rest, height: left },
    };
  }
  const cells = block.cells.map((cell) => ({ cell, ...cutBy(cell.lines, fits, from) }));
  return {
    first: { ...block, cells: cells.map(({ cell, first }) => ({ ...cell, lines: first })), height },
    // A bar stands behind the first line of its cell.
    rest: {
      ...block,
      cells: cells.map(({ cell: { tag }, rest }) => ({ tag, lines: rest })),
      height: left,
    },
  };
}

/** @returns the pages in order, at least one. */
export function paginate(blocks: readonly Block[]): Placed[][] {
  let current: Placed[] = [];
  const pages = [current];
  let top = page.top;
  const put = (block: Block, isRepeated: boolean) => {
    current.push({ block, top, isRepeated });
    top += block.height;
  };
  const turn = (block: Block) => {
    current = [];
    pages.push(current);
    top = page.top;
    if (block.tag === 'TR' && !block.isHead && block.table.head) put(block.table.head, true);
  };
  for (const [at, block] of blocks.entries()) {
    if (current.length > 0 && top + needed(blocks, at) > page.bottom) turn(block);
    let left: Block | null = block;
    while (left) {
      const { first, rest }: ReturnType<typeof split> = split(left, page.bottom - top);
      if (first) put(first, false);
      else if (!current.some(({ isRepeated }) => !isRepeated))
        throw new Error('A line is taller than a page.');
      if (rest) turn(rest);
      left = rest;
    }
  }
  return pages;
}
