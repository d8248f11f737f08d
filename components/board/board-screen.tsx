import type { PackLine, PacksView } from '#lib/resilience/board/list-packs.ts';
import { packSections } from '#lib/resilience/board/pack-sections.ts';
import { quarterWords } from '#lib/resilience/board/quarter.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { BoardTabs } from './board-tabs.tsx';
import { MakePack } from './make-pack.tsx';
import { PackSectionPart } from './pack-section.tsx';
import { PackStandingMark } from './pack-standing.tsx';

const path = '/resilience/board';

/** The packs of the board, and what a pack of the quarter would say now. */
export function BoardScreen({ view, isFirst }: { view: PacksView; isFirst: boolean }) {
  const { packs, next, preview, quarters, can } = view;
  return (
    <>
      <PageHeader
        title="Board"
        state={boardState(view, isFirst)}
        action={can.make && preview && <MakePack quarters={quarters} quarter={preview.quarter} />}
      />
      <BoardTabs current={path} />
      {isFirst && <LiveRefresh topics={['resilience', 'incidents']} />}
      <div className="space-y-10">
        <section>
          <SectionHeading>Packs</SectionHeading>
          <Table
            label="Packs of the board, newest first"
            columns={columns}
            rows={packs}
            rowKey={({ id }) => id}
            mark={({ standing }) => (standing === 'approved' ? null : 'caution')}
            empty="None was made yet. A pack keeps the figures of a quarter as they are, for the board to approve with a key."
            foot={countOf(packs.length, 'pack')}
          />
          <Pager
            first={isFirst ? null : path}
            next={next && `${path}?after=${next}`}
            what="packs"
          />
        </section>
        {view.refusedQuarter !== null && (
          <Notice tone="caution" title="The quarter that runs is shown.">
            {view.refusedQuarter}
          </Notice>
        )}
        {preview && <Preview preview={preview} quarters={quarters} />}
      </div>
    </>
  );
}

function Preview({
  preview,
  quarters,
}: {
  preview: NonNullable<PacksView['preview']>;
  quarters: PacksView['quarters'];
}) {
  return (
    <div className="space-y-8">
      <div>
        <SectionHeading>What a pack would say now</SectionHeading>
        <p className="prose-line text-text-quiet">
          The {quarterWords(preview.quarter)}, {preview.from} to {preview.until}, as of{' '}
          <Time instant={preview.asOf} style="minute" />. Each number opens the list that it counts.
        </p>
        <nav aria-label="Quarter" className="mt-2 flex flex-wrap gap-x-4 text-sm">
          {quarters.map(({ value, label }) =>
            value === preview.quarter ? (
              <span key={value} aria-current="true" className="font-medium">
                {label}
              </span>
            ) : (
              <TextLink key={value} href={`${path}?quarter=${value}`}>
                {label}
              </TextLink>
            ),
          )}
        </nav>
      </div>
      {packSections(preview).map((section) => (
        <PackSectionPart key={section.id} section={section} />
      ))}
    </div>
  );
}

const columns: readonly Column<PackLine>[] = [
  {
    id: 'number',
    head: 'Pack',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`${path}/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        <NarrowLine word="Quarter">{row.quarter}</NarrowLine>
        <NarrowLine word="State">
          <PackStandingMark standing={row.standing} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'quarter', narrow: 'hidden', head: 'Quarter', cell: ({ quarter }) => quarter },
  {
    id: 'standing',
    narrow: 'hidden',
    head: 'State',
    cell: ({ standing }) => <PackStandingMark standing={standing} />,
  },
  {
    id: 'signatures',
    narrow: 'hidden',
    head: 'Signatures',
    align: 'end',
    cell: ({ signatures }) => signatures,
  },
  { id: 'by', narrow: 'hidden', head: 'Made by', cell: ({ by }) => <bdi>{by}</bdi> },
  {
    id: 'made',
    narrow: 'hidden',
    head: 'Made',
    align: 'end',
    quiet: true,
    cell: ({ madeAt }) => <Time instant={madeAt} style="minute" />,
  },
];

/** "The newest pack, BP-2026-000003, waits for signatures." */
function boardState({ packs }: PacksView, isFirst: boolean): string {
  if (!isFirst) return 'Earlier packs.';
  const [newest] = packs;
  if (!newest) return 'No pack was made yet.';
  return newest.standing === 'approved'
    ? `The newest pack, of ${newest.quarter}, is approved.`
    : `The newest pack, of ${newest.quarter}, waits for the approval of a member who did not make it.`;
}
