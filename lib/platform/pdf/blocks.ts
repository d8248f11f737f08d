/**
 * A document as blocks for paper, from top to bottom: each has its height and texts at fixed places. One of at most
 * half a page is never split between pages. Text that is wider than its column goes on in the next line, at a
 * blank where there is one and anywhere else where not, so nothing is ever cut. Pure.
 */
import type { Weight } from './typefaces.ts';

/** What the typeface says: how wide a text is, in points, and what it has glyphs for. */
export type Setting = {
  widthOf(text: string, size: number, weight: Weight): number;
  printable(text: string): string;
};

export type Line = {
  text: string;
  x: number;
  y: number;
  size: number;
  weight: Weight;
  quiet: boolean;
};
/** A bar of a chart behind what a row says in words, by its place from the top left of its row. */
export type Bar = { x: number; y: number; width: number; height: number; tone: 'full' | 'track' };
export type Cell = { tag: 'TH' | 'TD'; lines: Line[]; bars?: readonly Bar[] };
export type TextBlock = {
  tag: 'H1' | 'H2' | 'H3' | 'P';
  height: number;
  lines: Line[];
  /** It stands on the page of what follows it, as a heading does. */
  introduces?: boolean;
};
export type Block =
  | TextBlock
  | { tag: 'TR'; table: Table; isHead: boolean; height: number; cells: Cell[] };
/** Rows that belong together, with the head that is repeated on every page they reach. */
export type Table = { label: string; head: Block | null };

/** A4 in points, with margins of 14 mm. */
export const page = {
  width: 595.28,
  height: 841.89,
  left: 40,
  right: 555.28,
  top: 92,
  bottom: 790,
};

const leading = 1.4;

export type Column = { x: number; width: number; align: 'start' | 'end' };
export type Style = { size: number; weight?: Weight; quiet?: boolean };

export const start = (x: number, width: number): Column => ({ x, width, align: 'start' });
export const end = (x: number, width: number): Column => ({ x, width, align: 'end' });

/** Where the lowest of some lines ends, in points below the top of their block. */
export const bottomOf = (lines: readonly Pick<Line, 'y' | 'size'>[]): number =>
  lines.reduce((lowest, line) => Math.max(lowest, line.y + line.size * leading), 0);

const whole: Column = { x: page.left, width: page.right - page.left, align: 'start' };

/** Breaks a text into lines that fit. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  const push = () => {
    if (line !== '') lines.push(line.trimEnd());
    line = '';
  };
  for (const word of text.split(/(?<= )/)) {
    if (widthOf(line + word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    push();
    if (widthOf(word.trimEnd()) <= width) {
      line = word;
      continue;
    }
    for (const character of word) {
      if (line !== '' && widthOf(line + character) > width) push();
      line += character;
    }
  }
  push();
  return lines;
}

/** Size of what stands above a column. */
const HEAD_SIZE = 6.6;

/** Makes blocks of texts in one typeface. */
export function blockMaker(setting: Setting) {
  const place = (text: string, column: Column, style: Style, y = 0): Line[] => {
    const { size: points, weight = 'regular', quiet = false } = style;
    const widthOf = (part: string) => setting.widthOf(part, points, weight);
    return wrap(setting.printable(text), column.width, widthOf).map((part, index) => ({
      text: part,
      x: column.align === 'start' ? column.x : column.x + column.width - widthOf(part),
      y: y + index * points * leading,
      size: points,
      weight,
      quiet,
    }));
  };
  const row = (table: Table, cells: Cell[], isHead = false): Block => ({
    tag: 'TR',
    table,
    isHead,
    cells,
    height: bottomOf(cells.flatMap(({ lines }) => lines)) + 4,
  });
  const cell = (words: string, column: Column, style: Style, tag: Cell['tag'] = 'TD'): Cell => ({
    tag,
    lines: place(words, column, style),
  });
  return {
    place,
    row,
    cell,
    /** A text over the whole width, with points of white before and after it. */
    text: (
      tag: TextBlock['tag'],
      words: string,
      style: Style,
      before = 0,
      after = 2,
    ): TextBlock => {
      const lines = place(words, whole, style, before);
      return { tag, lines, height: bottomOf(lines) + after };
    },
    tableOf: (label: string, columns: readonly Column[], heads: readonly string[]): Table => {
      const table: Table = { label, head: null };
      const style = { size: HEAD_SIZE, quiet: true };
      table.head = row(
        table,
        heads.map((head, at) => cell(head, columns[at] ?? whole, style, 'TH')),
        true,
      );
      return table;
    },
  };
}

/** The head of a table, to stand before its rows. */
export const headOf = ({ head }: Table): Block[] => (head ? [head] : []);
