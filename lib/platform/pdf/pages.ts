/** Blocks onto pages: a table's head stands on every page it reaches, and no heading stands last. */
import { page, type Block } from './blocks.ts';

export type Placed = {
  block: Block;
  /** Points from the top of the page. */
  top: number;
  /** True for the head of a table that goes on from the page before. */
  isRepeated: boolean;
};

const room = page.bottom - page.top;

/** How much a block needs so that something of what it introduces stands with it. */
function needed(blocks: readonly Block[], at: number): number {
  let height = 0;
  for (let next = at; next < blocks.length; next += 1) {
    const block = blocks[next];
    if (!block) break;
    height += block.height;
    if (block.tag !== 'H2' && !(block.tag === 'TR' && block.isHead)) break;
  }
  return height;
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
  for (const [at, block] of blocks.entries()) {
    const wanted = needed(blocks, at);
    if (current.length > 0 && top + Math.min(wanted, room) > page.bottom) {
      current = [];
      pages.push(current);
      top = page.top;
      if (block.tag === 'TR' && !block.isHead && block.table.head) put(block.table.head, true);
    }
    put(block, false);
  }
  return pages;
}
