'use client';

import { useState, type ReactNode } from 'react';
import { collectSystemAction } from '#lib/privacy/request-actions.ts';
import type { CollectingLine, CollectingView } from '#lib/privacy/requests/view-collecting.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { countOf } from '../../operations/counts.ts';
import { Button } from '../../ui/button.tsx';
import { Hash } from '../../ui/grouped.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

/** Looks through one system after the other for the person; what is found is counted and recorded by the server. */
export function Collecting({
  id,
  seq,
  view: { lines, can },
}: {
  id: string;
  /** How many events there are. */
  seq: number;
  view: CollectingView;
}) {
  const [running, setRunning] = useState<{ name: string; done: number; of: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();
  const open = lines.filter(({ found }) => found === null);

  async function collect(wanted: readonly CollectingLine[]) {
    setProblem(null);
    let seen = seq;
    for (const [done, { code, name }] of wanted.entries()) {
      setRunning({ name, done, of: wanted.length });
      const asked = { id, seen: String(seen), system: code };
      const answer = await collectSystemAction(asked).catch(() => null);
      if (!answer?.ok) {
        setProblem(answer ? answer.refusal.sentence : noAnswer);
        break;
      }
      seen = answer.value.seq;
    }
    refresh(() => setRunning(null));
  }

  const again = (line: CollectingLine) => (
    <Button
      size="small"
      tone="quiet"
      refused={running !== null}
      aria-label={`Collect again: ${line.name}`}
      onClick={() => void collect([line])}
    >
      Again
    </Button>
  );
  return (
    <section aria-label="Collection">
      <SectionHeading
        action={
          can &&
          open.length > 0 && (
            <Button
              size="small"
              tone={open.length === lines.length ? 'primary' : 'secondary'}
              pending={running !== null}
              pendingLabel="Collecting"
              onClick={() => void collect(open)}
            >
              {open.length === lines.length ? 'Collect from every system' : 'Collect from the rest'}
            </Button>
          )
        }
      >
        Collection
      </SectionHeading>
      <div aria-live="polite" className="mb-3 empty:hidden">
        {running !== null && <Progress {...running} />}
        {problem !== null && (
          <Notice tone="caution" title="It stopped." announce="assertive">
            {problem}
          </Notice>
        )}
      </div>
      <Table
        label="Systems that are searched"
        columns={columnsOf(can ? again : null)}
        rows={lines}
        rowKey={({ code }) => code}
        empty="No system is registered to be searched."
        foot={`${lines.length - open.length} of ${lines.length} collected`}
      />
    </section>
  );
}

function Progress({ name, done, of }: { name: string; done: number; of: number }) {
  return (
    <p className="text-sm text-text-quiet">
      {done + 1} of {of}: {name}
      <progress
        aria-hidden="true"
        max={of}
        value={done}
        className="mt-1 block h-1.5 w-full accent-accent"
      />
    </p>
  );
}

const FoundMark = ({ found }: Pick<CollectingLine, 'found'>) =>
  found === null ? (
    <StatusMark shape="ring">Not yet</StatusMark>
  ) : (
    <StatusMark shape="dot" tone="good">
      {countOf(found.records, 'record')}
    </StatusMark>
  );

const columnsOf = (
  again: ((line: CollectingLine) => ReactNode) | null,
): readonly Column<CollectingLine>[] => [
  {
    id: 'system',
    head: 'System',
    wrap: true,
    cell: ({ name, what, found }) => (
      <>
        <span className="font-medium">{name}</span>
        <span className="block text-sm text-text-quiet">{what}</span>
        <NarrowLine word="Found">
          <FoundMark found={found} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'found',
    narrow: 'hidden',
    head: 'Found',
    cell: ({ found }) => (
      <span className="whitespace-nowrap">
        <FoundMark found={found} />
      </span>
    ),
  },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Collected',
    quiet: true,
    cell: ({ found }) =>
      found && (
        <>
          <Time instant={found.at} style="minute" />
          <span className="block text-sm">
            <bdi>{found.by}</bdi>
          </span>
          {found.digest !== null && (
            <span className="block text-sm">
              <Hash value={found.digest} groups={2} />
            </span>
          )}
        </>
      ),
  },
  ...(again === null
    ? []
    : [
        {
          id: 'again',
          head: <span className="sr-only">Act</span>,
          align: 'end' as const,
          cell: (line: CollectingLine) => line.found !== null && again(line),
        },
      ]),
];
