import type { ReactNode } from 'react';
import { ScrollRegion } from './scroll-region.tsx';

export type Column<Row> = {
  id: string;
  head: ReactNode;
  /** `end` is for figures: digits under digits. */
  align?: 'start' | 'end';
  /** Quiet columns are there to be found, not to be read first. */
  quiet?: boolean;
  /** For a column of sentences: breaks into lines rather than widening the table. */
  wrap?: boolean;
  /** Left out where the screen is narrow, because another column says it there or it can wait. */
  narrow?: 'hidden';
  cell: (row: Row) => ReactNode;
};

export type TableProps<Row> = {
  /** Name of the table for those who listen, and for the scrolling region. */
  label: string;
  /** The first column names the thing and links to it. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** A bar at the left edge of rows that wait for the person who looks. */
  mark?: (row: Row) => 'caution' | 'danger' | null;
  density?: 'comfortable' | 'dense';
  /** Count and sum of the filtered set, and at the right what the keys do. */
  foot?: ReactNode;
  footEnd?: ReactNode;
  /** Instead of rows when there are none. */
  empty?: ReactNode;
};

const MARKS = { caution: 'border-s-caution', danger: 'border-s-danger' };

function alignment(align: 'start' | 'end' | undefined): string {
  return align === 'end' ? 'text-end tabular-nums' : 'text-start';
}

/**
 * Where the table may scroll, a row is one line. Where it may not, text gives way if it must, and
 * figures and names never do.
 */
function wrapping(
  { wrap, align }: { wrap?: boolean; align?: 'start' | 'end' },
  index: number,
): string {
  if (wrap) return 'min-w-60 py-1.5';
  // The first cell says what columns that are left out would say, in lines of their own.
  if (index === 0) return 'whitespace-nowrap max-medium:py-1.5';
  return align === 'end' ? 'whitespace-nowrap' : 'py-1 max-full:whitespace-nowrap';
}

/**
 * A table whose head stays in view. Where it is narrow the table scrolls inside its own region,
 * which the keyboard can reach, and the page does not.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, foot, footEnd, empty } = props;
  return (
    <div className="rounded-md border border-line bg-surface">
      <ScrollRegion label={label}>
        <table className="w-full border-separate border-spacing-0">
          <caption className="sr-only">{label}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={`${column.narrow === 'hidden' ? 'max-medium:hidden' : ''} sticky top-0 z-10 h-9 border-b border-line bg-surface px-2 text-sm font-medium whitespace-nowrap text-text-quiet first:rounded-ss-md first:ps-3 last:rounded-se-md last:pe-3 full:group-data-[scrolls=no]/rows:top-12 ${alignment(column.align)}`}
                >
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <TableRow key={props.rowKey(row)} row={row} {...props} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length === 0 && empty && <div className="px-3 py-6 text-text-quiet">{empty}</div>}
      {(foot || footEnd) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-3 py-2 text-sm text-text-quiet">
          <div className="tabular-nums">{foot}</div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">{footEnd}</div>
        </div>
      )}
    </div>
  );
}

function TableRow<Row>({ row, columns, mark, density }: TableProps<Row> & { row: Row }) {
  const marked = mark?.(row);
  const edge = marked
    ? `border-s-3 ps-2.25 ${MARKS[marked]}`
    : 'border-s-3 border-s-transparent ps-2.25';
  const height = density === 'dense' ? 'h-7' : 'h-9';
  return (
    <tr className="hover:bg-hover has-[a:focus-visible]:bg-hover">
      {columns.map((column, index) => {
        const shown = column.narrow === 'hidden' ? 'max-medium:hidden' : '';
        const look = `${shown} ${height} border-b border-line px-2 last:pe-3 ${alignment(column.align)} ${
          column.quiet ? 'text-text-quiet' : ''
        } ${wrapping(column, index)}`;
        if (index > 0) {
          return (
            <td key={column.id} className={look}>
              {column.cell(row)}
            </td>
          );
        }
        return (
          <th key={column.id} scope="row" className={`${look} font-normal ${edge}`}>
            {column.cell(row)}
          </th>
        );
      })}
    </tr>
  );
}
