'use client';

import { useState } from 'react';
import type { ShownChange } from '#lib/privacy/rectification/read-changes.ts';
import { readPlannedChangesAction } from '#lib/privacy/rights-actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { Table, type Column } from '../ui/table.tsx';

const columns: readonly Column<ShownChange>[] = [
  { id: 'field', head: 'Detail', cell: ({ label }) => label },
  {
    id: 'from',
    head: 'Is',
    wrap: true,
    cell: ({ from }) => <bdi className="whitespace-pre-wrap">{from ?? 'Nothing'}</bdi>,
  },
  {
    id: 'to',
    head: 'Will be',
    wrap: true,
    cell: ({ from, to }) => (
      <>
        <bdi className="whitespace-pre-wrap">{to}</bdi>
        {from === to && (
          <span className="block text-caution">The same as now, so nothing changes.</span>
        )}
      </>
    ),
  },
];

/** Shows what is to be changed beside what is held, once somebody opens it, which is written down. */
export function PlannedChanges({ of }: { of: { request: string } | { correction: string } }) {
  const [shown, setShown] = useState<ShownChange[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  async function open() {
    setBusy(true);
    setProblem(null);
    const answer = await readPlannedChangesAction(of).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    setShown(answer.value);
    refresh(() => setBusy(false));
  }

  if (shown !== null)
    return (
      <div className="space-y-3" aria-live="polite">
        <Table
          label="What is held and what it will be"
          columns={columns}
          rows={shown}
          rowKey={({ field }) => field}
          empty="Nothing is to be changed."
        />
        <Button size="small" onClick={() => setShown(null)}>
          Close
        </Button>
      </div>
    );
  return (
    <div className="space-y-3">
      {problem !== null && (
        <Notice tone="caution" title="Nothing was opened." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button size="small" pending={isBusy} pendingLabel="Opening" onClick={() => void open()}>
        Read the change
      </Button>
    </div>
  );
}
