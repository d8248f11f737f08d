import { grounds } from '#lib/privacy/retention/holds/life.ts';
import { holdLists } from '#lib/privacy/retention/holds/hold-lists.ts';
import type { HoldLine, HoldsView } from '#lib/privacy/retention/holds/list-holds.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { ListFoot } from '../../operations/list-foot.tsx';
import { Pager } from '../../operations/pager.tsx';
import { Code } from '../../ui/grouped.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { CoverWords, HoldMark } from './hold-words.tsx';
import { OpenHold } from './open-hold.tsx';
import { holdPath, holdsPath, pageAddress, retentionPath } from './retention-address.ts';
import { RetentionTabs } from './retention-tabs.tsx';

const columns: readonly Column<HoldLine>[] = [
  {
    id: 'number',
    head: 'Hold',
    cell: (row) => (
      <>
        <TextLink look="plain" href={holdPath(row.number)} className="block py-1">
          <Code>{row.number}</Code>
          <span className="block">{grounds[row.ground].name}</span>
        </TextLink>
        <NarrowLine word="State">
          <HoldMark {...row} />
        </NarrowLine>
        <NarrowLine word="Review by">
          <Day date={row.reviewOn} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: (row) => <HoldMark {...row} /> },
  {
    id: 'covers',
    narrow: 'hidden',
    head: 'Covers',
    wrap: true,
    cell: ({ covers }) =>
      covers === null ? (
        'Not shown to you'
      ) : (
        <ul>
          {covers.slice(0, 3).map((cover) => (
            <li key={`${cover.kind} ${cover.subject}`}>
              <CoverWords {...cover} />
            </li>
          ))}
          {covers.length > 3 && <li className="text-text-quiet">and {covers.length - 3} more</li>}
        </ul>
      ),
  },
  {
    id: 'review',
    narrow: 'hidden',
    head: 'Review by',
    cell: ({ reviewOn }) => <Day date={reviewOn} />,
  },
  {
    id: 'opened',
    narrow: 'hidden',
    head: 'Opened',
    align: 'end',
    quiet: true,
    cell: ({ openedAt }) => <Time instant={openedAt} style="day" />,
  },
];

/** Legal holds: what must not go, until when somebody looks at it again. */
export function HoldsScreen({
  view: { list, rows, next, isFirst, can, today },
}: {
  view: HoldsView;
}) {
  const asked: Readonly<Record<string, string>> = list === 'standing' ? {} : { list };
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Data protection', href: '/privacy' },
          { label: 'Retention', href: retentionPath },
          { label: 'Legal holds' },
        ]}
        title="Legal holds"
        state="What a hold covers does not go, whoever asks for it, until two people lift it."
        action={can.decide && <OpenHold today={today} />}
      />
      <RetentionTabs current={holdsPath} />
      {isFirst && <LiveRefresh topics={['privacy-retention']} />}
      <nav aria-label="Which holds" className="screen-only mb-4 flex flex-wrap gap-2">
        {Object.entries(holdLists).map(([value, label]) => (
          <LinkButton
            key={value}
            size="small"
            tone={value === list ? 'secondary' : 'quiet'}
            href={pageAddress(holdsPath, value === 'standing' ? {} : { list: value }, null)}
          >
            {label}
          </LinkButton>
        ))}
      </nav>
      <Table
        label="Legal holds, newest first"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        mark={({ isOverdue }) => (isOverdue ? 'caution' : null)}
        empty={list === 'standing' ? 'Nothing is held.' : 'There is none of this kind.'}
        foot={<ListFoot count={countOf(rows.length, 'hold')} isFirst={isFirst} next={next} />}
      />
      <Pager
        first={isFirst ? null : pageAddress(holdsPath, asked, null)}
        next={next && pageAddress(holdsPath, asked, next)}
        what="holds"
      />
    </>
  );
}
