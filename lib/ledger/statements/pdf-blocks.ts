/**
 * A statement as blocks for paper, from top to bottom: each has its height and texts at fixed places,
 * and is never split between pages. Text that is wider than its column goes on in the next line, at a
 * blank where there is one and anywhere else where not, so nothing is ever cut. Pure.
 */
import type {
  AssetStatement,
  PendingHold,
  StatementContent,
  StatementMovement,
} from './content.ts';
import type { Weight } from './pdf-font.ts';
import {
  closeWords,
  kindWords,
  periodWords,
  readDecimal,
  readInstant,
  referenceWords,
  standingNotes,
} from './words.ts';

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
export type Cell = { tag: 'TH' | 'TD'; lines: Line[] };
export type Block =
  | { tag: 'H1' | 'H2' | 'P'; height: number; lines: Line[] }
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

const size = { title: 15, heading: 10.5, body: 8, detail: 6.6 };
const leading = 1.4;

type Column = { x: number; width: number; align: 'start' | 'end' };
type Style = { size: number; weight?: Weight; quiet?: boolean };

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

/** Builds the blocks of one statement. */
export function statementBlocks(
  content: StatementContent,
  digest: string,
  setting: Setting,
): Block[] {
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
  const bottomOf = (lines: readonly Line[]): number =>
    lines.reduce((lowest, line) => Math.max(lowest, line.y + line.size * leading), 0);
  const whole: Column = { x: page.left, width: page.right - page.left, align: 'start' };
  const text = (
    tag: 'H1' | 'H2' | 'P',
    words: string,
    style: Style,
    before = 0,
    after = 2,
  ): Block => {
    const lines = place(words, whole, style, before);
    return { tag, lines, height: bottomOf(lines) + after };
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
  const tableOf = (label: string, columns: readonly Column[], heads: readonly string[]): Table => {
    const table: Table = { label, head: null };
    const style = { size: size.detail, quiet: true };
    table.head = row(
      table,
      heads.map((head, at) => cell(head, columns[at] ?? whole, style, 'TH')),
      true,
    );
    return table;
  };
  const heading = (words: string): Block =>
    text('H2', words, { size: size.heading, weight: 'strong' }, 12, 3);
  const body: Style = { size: size.body };

  const title = (): Block[] => [
    text('H1', 'Statement of position', { size: size.title, weight: 'strong' }, 0, 6),
    ...[
      `Client ${content.client.id}${content.client.name === undefined ? '' : `, ${content.client.name}`}`,
      `Period: ${periodWords(content)}`,
      `Drawn up from ${closeWords(content)}`,
      `Digest: ${digest}`,
    ].map((words) => text('P', words, body)),
  ];

  const positions = (): Block[] => {
    if (content.assets.length === 0)
      return [
        heading('Positions'),
        text('P', 'Nothing was recorded in this client’s name by the end of the period.', body),
      ];
    const columns = sumColumns;
    const table = tableOf('Positions', columns, [
      'Asset',
      'Opening balance',
      'Received',
      'Sent',
      'Closing balance',
    ]);
    return [
      heading('Positions'),
      ...headOf(table),
      ...content.assets.map(({ asset, decimals, opening, received, sent, closing }) =>
        row(table, [
          cell(asset, columns[0], { ...body, weight: 'strong' }),
          cell(readDecimal(opening, decimals), columns[1], body),
          cell(readDecimal(received, decimals), columns[2], body),
          cell(readDecimal(sent, decimals), columns[3], body),
          cell(readDecimal(closing, decimals), columns[4], { ...body, weight: 'strong' }),
        ]),
      ),
    ];
  };

  const movements = (asset: AssetStatement): Block[] => {
    const { decimals, opening, closing } = asset;
    const [booked, what, amount, balance] = movementColumns;
    const table = tableOf(`Movements of ${asset.asset}`, movementColumns, [
      'Booked (UTC)',
      'What',
      'Amount',
      'Balance after',
    ]);
    const line = (
      at: string,
      words: string,
      moved: string,
      stands: string,
      details: readonly string[],
      weight: Weight = 'regular',
    ) => {
      const named = place(words, what, { ...body, weight });
      const sums = [cell(moved, amount, body), cell(stands, balance, { ...body, weight })];
      let y = Math.max(bottomOf(named), ...sums.map(({ lines }) => bottomOf(lines)));
      for (const detail of details) {
        const lines = place(detail, beneath, { size: size.detail, quiet: true }, y);
        named.push(...lines);
        y = bottomOf(lines);
      }
      return row(table, [cell(at, booked, body), { tag: 'TD', lines: named }, ...sums]);
    };
    return [
      heading(`Movements of ${asset.asset}`),
      ...headOf(table),
      line(
        inColumn(content.period.from),
        'Opening balance',
        '',
        readDecimal(opening, decimals),
        [],
        'strong',
      ),
      ...asset.movements.map((movement) =>
        line(
          inColumn(movement.bookedAt),
          kindWords(movement.kind),
          readDecimal(movement.amount, decimals),
          readDecimal(movement.balance, decimals),
          detailsOf(movement),
        ),
      ),
      line(
        inColumn(content.period.to),
        'Closing balance',
        '',
        readDecimal(closing, decimals),
        [],
        'strong',
      ),
    ];
  };

  const pending = (): Block[] => {
    const words = heading('Set aside for operations under way');
    if (content.pending.length === 0) return [words, text('P', 'Nothing was set aside.', body)];
    const [operation, since, amount] = pendingColumns;
    const table = tableOf('Set aside for operations under way', pendingColumns, [
      'Operation',
      'Since (UTC)',
      'Amount',
    ]);
    const of = (hold: PendingHold) =>
      row(table, [
        cell(hold.operation, operation, body),
        cell(inColumn(hold.since), since, body),
        cell(`${readDecimal(hold.amount, hold.decimals)} ${hold.asset}`, amount, body),
      ]);
    return [words, ...headOf(table), ...content.pending.map(of)];
  };

  return [
    ...title(),
    ...positions(),
    ...content.assets.flatMap(movements),
    ...pending(),
    ...standingNotes.flatMap(({ heading: head, text: words }) => [
      heading(head),
      text('P', words, body),
    ]),
  ];
}

/** An instant in a column whose head says that it is in UTC. */
const inColumn = (instant: string): string => readInstant(instant).replace(' UTC', '');

const headOf = ({ head }: Table): Block[] => (head ? [head] : []);

function detailsOf({
  journal,
  operation,
  reference,
  counterparty,
  amount,
}: StatementMovement): string[] {
  return [
    operation === null ? `Journal ${journal}` : `Journal ${journal}, operation ${operation}`,
    ...(reference ? [`${referenceWords[reference.kind]} ${reference.id}`] : []),
    ...(counterparty === null ? [] : [`${amount.startsWith('-') ? 'To' : 'From'} ${counterparty}`]),
  ];
}

const end = (x: number, width: number): Column => ({ x, width, align: 'end' });
const start = (x: number, width: number): Column => ({ x, width, align: 'start' });

const sumColumns = [
  start(40, 45),
  end(90, 112),
  end(207, 112),
  end(324, 112),
  end(441, 114),
] as const;
const movementColumns = [start(40, 90), start(136, 96), end(236, 156), end(397, 158)] as const;
/** What stands beneath a movement has the width that is left of the page. */
const beneath = start(136, 419);
const pendingColumns = [start(40, 110), start(160, 130), end(300, 255)] as const;
