import type { PackFigure, PackSection, PackTable } from '#lib/resilience/board/section.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Figures } from '../ui/panel.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** One part of a pack: its figures, each with the list that it counts, and its tables. */
export function PackSectionPart({ section }: { section: PackSection }) {
  const { id, title, article, figures, tables } = section;
  return (
    <section aria-labelledby={`part-${id}`} className="space-y-4">
      <div>
        <SectionHeading id={`part-${id}`}>{title}</SectionHeading>
        <Figures
          figures={figures.map(({ label, value, note, tone, href }) => ({
            label,
            value: <FigureValue value={value} href={href} />,
            ...(note === '' ? {} : { note }),
            noteTone: tone,
          }))}
        />
      </div>
      {tables.map((one) => (
        <PartTable key={one.title} of={one} />
      ))}
      <p className="text-sm text-text-quiet">{article}</p>
    </section>
  );
}

const FigureValue = ({ value, href }: Pick<PackFigure, 'value' | 'href'>) =>
  href === null ? value : <TextLink href={href}>{value}</TextLink>;

type Row = PackTable['rows'][number] & { key: string };

function PartTable({ of }: { of: PackTable }) {
  const hasBars = of.rows.some(({ share }) => share !== null);
  const columns = of.heads.map((head, place): Column<Row> => ({
    id: head,
    head,
    ...(of.ends.includes(place) ? { align: 'end' } : {}),
    cell: ({ cells }) => cells[place] ?? '',
  }));
  const bars: Column<Row> = {
    id: 'bar',
    head: <span className="sr-only">As a bar</span>,
    narrow: 'hidden',
    cell: ({ share }) => share !== null && <ShareBar share={share} />,
  };
  return (
    <div>
      <h3 className="mb-1 text-sm text-text-quiet">{of.title}</h3>
      <Table
        label={of.title}
        density="dense"
        columns={hasBars ? [...columns, bars] : columns}
        rows={of.rows.map((row, place) => ({ ...row, key: String(place) }))}
        rowKey={({ key }) => key}
        empty={of.empty}
        {...(of.more === '' ? {} : { foot: of.more })}
      />
    </div>
  );
}

/** The same figure stands beside it in words. */
const ShareBar = ({ share }: { share: number }) => (
  <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-32">
    <rect width="100" height="6" className="fill-line" />
    <rect width={Math.min(100, Math.max(0, share * 100))} height="6" className="fill-text-quiet" />
  </svg>
);
