import { Fragment } from 'react';
import type { SnapshotLine, SnapshotsView } from '#lib/operations/proofs/list-snapshots.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { agoText } from '../operations/address-fact.tsx';
import { countOf } from '../operations/counts.ts';
import { ListFoot } from '../operations/list-foot.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { CoverWord } from './coverage-list.tsx';
import { proofsState, proofTopics, provedWords } from './proof-words.ts';
import { RequestSnapshot } from './request-snapshot.tsx';

type Row = { snapshot: SnapshotLine; place: number; now: string };

const assetOf = ({ snapshot, place }: Row) => snapshot.coverage[place];

/** How many vaults' keys answer for it, and which do not yet, each leading to where that is done. */
function Proved({ snapshot }: { snapshot: SnapshotLine }) {
  const { proved, missing, more } = provedWords(snapshot);
  return (
    <>
      {proved}
      {missing.map(({ vault, name }, place) => (
        <Fragment key={vault}>
          {place === 0 ? '; ' : ', '}
          <TextLink href={`/proofs/${snapshot.id}#vault-${vault}`}>{name}</TextLink>
        </Fragment>
      ))}
      {more && `, ${more}`}
      {missing.length > 0 && ' not yet'}
    </>
  );
}

/** When the books were closed, once per snapshot; where it is narrow, all that other columns say. */
function Heading(row: Row) {
  const { snapshot, place } = row;
  const of = assetOf(row);
  return (
    <>
      {place === 0 ? (
        <>
          <TextLink look="plain" href={`/proofs/${snapshot.id}`}>
            <Time instant={snapshot.closedAt} />
          </TextLink>
          <NarrowLine word="Vaults">
            <Proved snapshot={snapshot} />
          </NarrowLine>
        </>
      ) : (
        <VisuallyHidden>{`the same, ${of?.asset ?? ''}`}</VisuallyHidden>
      )}
      {of && (
        <NarrowLine word={of.asset}>
          <CoverWord cover={of.cover} />
        </NarrowLine>
      )}
    </>
  );
}

const columns: readonly Column<Row>[] = [
  { id: 'snapshot', head: 'Books closed', cell: (row) => <Heading {...row} /> },
  {
    id: 'age',
    narrow: 'hidden',
    head: 'Age',
    quiet: true,
    cell: ({ snapshot, place, now }) => place === 0 && agoText(snapshot.closedAt, now),
  },
  {
    id: 'asset',
    narrow: 'hidden',
    head: 'Asset',
    cell: (row) => assetOf(row)?.asset ?? 'none',
  },
  {
    id: 'owed',
    narrow: 'hidden',
    head: 'Owed',
    align: 'end',
    cell: (row) => <Figure of={assetOf(row)} show="owed" />,
  },
  {
    id: 'there',
    narrow: 'hidden',
    head: 'There',
    align: 'end',
    cell: (row) => <Figure of={assetOf(row)} show="there" />,
  },
  {
    id: 'cover',
    narrow: 'hidden',
    head: 'Cover',
    cell: (row) => {
      const of = assetOf(row);
      return of && <CoverWord cover={of.cover} />;
    },
  },
  {
    id: 'proved',
    narrow: 'hidden',
    wrap: true,
    head: 'Vaults',
    cell: ({ snapshot, place }) => place === 0 && <Proved snapshot={snapshot} />,
  },
];

function Figure({
  of,
  show,
}: {
  of: SnapshotLine['coverage'][number] | undefined;
  show: 'owed' | 'there';
}) {
  return of ? <OperationAmount value={of.inAll[show]} asset={of.asset} show="figure" /> : null;
}

const rowsOf = (snapshot: SnapshotLine, now: string): Row[] =>
  Array.from({ length: Math.max(1, snapshot.coverage.length) }, (_, place) => ({
    snapshot,
    place,
    now,
  }));

/** Every snapshot there is, newest first: owed against there, and whose keys answer for it. */
export function ProofsScreen({ view, isFirst }: { view: SnapshotsView; isFirst: boolean }) {
  const { snapshots, underWay, failed, next, mayRequest, now } = view;
  return (
    <>
      <PageHeader
        title="Proofs"
        state={
          isFirst
            ? proofsState(snapshots[0], underWay)
            : 'Snapshots of reserves and liabilities, newest first.'
        }
        action={mayRequest && <RequestSnapshot isUnderWay={underWay !== null} />}
      />
      {isFirst && <LiveRefresh topics={proofTopics} />}
      {isFirst && failed && (
        <div className="mb-6">
          <Notice tone="danger" title="The newest snapshot could not be made.">
            It was given up <Time instant={failed.at} />. {failed.why}{' '}
            {failed.isOfBooks ? (
              <>
                Run the ledger’s own check, <Code>npm run verify:ledger</Code>, correct what it
                names, and take a snapshot again.
              </>
            ) : (
              'Find out who wrote the request, and take a snapshot again.'
            )}
          </Notice>
        </div>
      )}
      <Table
        label="Snapshots of reserves and liabilities"
        columns={columns}
        rows={snapshots.flatMap((snapshot) => rowsOf(snapshot, now))}
        rowKey={({ snapshot, place }) => `${snapshot.id} ${place}`}
        empty="No snapshot was made yet. Take one: it states what every vault holds and what clients are owed, and each client can check their part of it."
        foot={
          <ListFoot count={countOf(snapshots.length, 'snapshot')} isFirst={isFirst} next={next} />
        }
      />
      <Pager
        first={isFirst ? null : '/proofs'}
        next={next && `/proofs?before=${next}`}
        what="snapshots"
      />
    </>
  );
}
