import type { RunDifferenceView, RunSideView, RunView } from '#lib/reconciliation/view-run.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { CopiedHash } from '../ui/copied-hash.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { Code, Hash } from '../ui/grouped.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { causeName, countWords, kindName, placeName, sideNames } from './reconciliation-words.ts';
import { RepeatRun } from './repeat-run.tsx';

const columnsFor = (asset: string): readonly Column<RunDifferenceView>[] => [
  {
    id: 'break',
    head: 'Break',
    cell: ({ record }) =>
      record === null ? (
        'not recorded'
      ) : (
        <TextLink look="plain" href={`/reconciliation/breaks/${record.id}`}>
          <Code>{record.number}</Code>
        </TextLink>
      ),
  },
  { id: 'cause', head: 'Cause', cell: ({ cause }) => causeName(cause) },
  {
    id: 'sign',
    head: 'Side',
    cell: ({ sign }) => (sign === 'shortfall' ? 'Short' : 'Over'),
  },
  {
    id: 'amount',
    head: 'Amount',
    align: 'end',
    cell: ({ amount }) => <OperationAmount value={amount} asset={asset} />,
  },
];

/** One run: its figures, what it rests on, and what it found. It can't be changed. */
export function RunScreen({ run }: { run: RunView }) {
  const names = sideNames(run.kind);
  const { differences, differencesCount, asset } = run;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Reconciliation', href: '/reconciliation' },
          { label: 'Runs', href: '/reconciliation/runs' },
          { label: <Time instant={run.at} /> },
        ]}
        title={`${kindName(run.kind)}: ${asset}, ${placeName(run)}`}
        state={
          <>
            Compared <Time instant={run.at} />, started by <bdi>{run.startedBy}</bdi>:{' '}
            {countWords(run.matched, 'new match', 'new matches')},{' '}
            {countWords(differencesCount, 'difference')}.
          </>
        }
        action={<RepeatRun run={run.id} />}
      />
      <LiveRefresh topics={['reconciliation']} />
      <div className="space-y-8">
        <DescriptionList
          items={[
            sideItem(names.ledger, run.ledger, asset),
            sideItem(names.outside, run.outside, asset, run.kind === 'chain'),
            {
              term: 'Difference',
              detail: <OperationAmount value={run.difference} asset={asset} />,
            },
            ...(run.netted === 0
              ? []
              : [{ term: 'Taken back', detail: `${run.netted} lines that corrections undid` }]),
            ...(run.rules.length === 0 ? [] : [{ term: 'Rules', detail: run.rules.join('; ') }]),
            digestItem(
              'Inputs',
              run.inputsDigest,
              'everything that it looked at, kept with the run',
            ),
            digestItem('Outcome', run.outcomeDigest, 'what it came to'),
          ]}
        />
        <Repeats repeats={run.repeats} />
        <section>
          <SectionHeading>Differences</SectionHeading>
          <Table
            label="Differences"
            columns={columnsFor(asset)}
            rows={differences}
            rowKey={({ identity }) => identity}
            empty="It found none: both sides agree to the smallest unit."
            foot={
              differencesCount > differences.length
                ? `The first ${differences.length} of ${differencesCount}`
                : countWords(differencesCount, 'difference')
            }
          />
        </section>
      </div>
    </>
  );
}

function sideItem(name: string, side: RunSideView, asset: string, isChain = false): Description {
  return {
    term: name,
    detail: (
      <>
        <OperationAmount value={side.balance} asset={asset} />
        <Footing>
          {side.source === 'ledger'
            ? `up to journal ${side.position}`
            : isChain
              ? `${side.source}, at block ${side.position}`
              : side.source}
          , {countWords(side.items, 'movement')} since they last agreed
        </Footing>
        {side.parts.map((part) => (
          <Footing key={part.name}>
            {part.name}: <OperationAmount value={part.amount} asset={asset} look="plain" />
          </Footing>
        ))}
        <Footing>
          <span className="flex flex-wrap items-start justify-between gap-x-4">
            <span>
              SHA-256 of this side: <Hash value={side.digest} />
            </span>
            <CopyButton text={side.digest} what={`the digest of this side, ${name}`} />
          </span>
        </Footing>
      </>
    ),
  };
}

const digestItem = (term: string, digest: string, says: string): Description => ({
  term,
  detail: (
    <>
      <CopiedHash value={digest} what={`the digest of the ${term.toLowerCase()}`} />
      <Footing>SHA-256 of {says}</Footing>
    </>
  ),
});

function Repeats({ repeats }: { repeats: RunView['repeats'] }) {
  if (repeats.length === 0) return null;
  return (
    <section>
      <SectionHeading>Repeated on the same inputs</SectionHeading>
      <ul className="space-y-1">
        {repeats.map((repeat) => (
          <li key={repeat.id}>
            {repeat.isSame ? (
              <StatusMark shape="dot" tone="good">
                The same, byte for byte
              </StatusMark>
            ) : (
              <StatusMark shape="triangle" tone="danger">
                Not the same: rely on neither, and tell whoever answers for the software
              </StatusMark>
            )}{' '}
            · <Time instant={repeat.at} /> · <bdi>{repeat.by}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
