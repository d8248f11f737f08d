import type { ComponentProps, ReactNode } from 'react';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { ClientsTabs } from './clients-tabs.tsx';

type Words = {
  /** Address of the register. */
  path: ComponentProps<typeof ClientsTabs>['current'];
  /** One of its entries, and several, as people call them. */
  one: string;
  many?: string;
  ended: string;
  /** What to say where nothing is open, and where nothing has ended. */
  noneOpen: ReactNode;
  noneEnded: ReactNode;
};

type Shown<Row> = {
  open: readonly Row[];
  hasMoreOpen: boolean;
  ended: readonly Row[];
  next: string | null;
};

/** The page of a register: what is open and since when too long, and what has ended. */
export function RegisterScreen<Row extends { id: string }>({
  title,
  view,
  isFirst,
  isOverdue,
  action,
  columns,
  words,
}: {
  title: string;
  view: Shown<Row>;
  isFirst: boolean;
  isOverdue: (row: Row) => boolean;
  action: ReactNode;
  columns: readonly Column<Row>[];
  words: Words & {
    /** Where nothing is open, and on a page of what ended earlier. */
    none: string;
    earlier: string;
  };
}) {
  return (
    <>
      <PageHeader
        title={title}
        state={
          isFirst ? openState(view.open, view.open.filter(isOverdue).length, words) : words.earlier
        }
        action={action}
      />
      <ClientsTabs current={words.path} />
      {isFirst && <LiveRefresh topics={['clients']} />}
      <RegisterSections
        {...view}
        columns={columns}
        isFirst={isFirst}
        isOverdue={isOverdue}
        words={words}
      />
    </>
  );
}

/** A register as two tables: what waits for something, and what has ended, a page at a time. */
function RegisterSections<Row extends { id: string }>({
  words,
  columns,
  open,
  hasMoreOpen,
  ended,
  next,
  isFirst,
  isOverdue,
}: {
  words: Words;
  columns: readonly Column<Row>[];
  isFirst: boolean;
  isOverdue: (row: Row) => boolean;
} & Shown<Row>) {
  const { path, one, many = `${one}s` } = words;
  return (
    <div className="space-y-8">
      {isFirst && (
        <section>
          <SectionHeading>Open</SectionHeading>
          <Table
            label={`Open ${many}`}
            columns={columns}
            rows={open}
            rowKey={({ id }) => id}
            mark={(row) => (isOverdue(row) ? 'danger' : null)}
            empty={words.noneOpen}
            foot={
              hasMoreOpen
                ? `The newest ${open.length}; there are more.`
                : countOf(open.length, `open ${one}`, `open ${many}`)
            }
          />
        </section>
      )}
      <section>
        <SectionHeading>{words.ended}</SectionHeading>
        <Table
          label={`${words.ended}, newest first`}
          columns={columns}
          rows={ended}
          rowKey={({ id }) => id}
          empty={words.noneEnded}
          foot={countOf(ended.length, one, many)}
        />
        <Pager first={isFirst ? null : path} next={next && `${path}?before=${next}`} what={many} />
      </section>
    </div>
  );
}

/** "2 returns are open, 1 overdue: see to it first." */
function openState(
  open: readonly unknown[],
  overdue: number,
  { one, many = `${one}s`, none }: { one: string; many?: string; none: string },
): string {
  if (open.length === 0) return none;
  const count = `${countOf(open.length, one, many)} ${open.length === 1 ? 'is' : 'are'} open`;
  if (overdue === 0) return `${count}, none overdue.`;
  return `${count}, ${overdue} overdue: see to ${overdue === 1 ? 'it' : 'them'} first.`;
}
