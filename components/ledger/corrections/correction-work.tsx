'use client';

import { useState } from 'react';
import { useRefresh } from '../../live/use-refresh.ts';
import { BreakTextForm } from '../../reconciliation/break-text-form.tsx';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { approveWith, declineWith, withdrawWith } from './correction-sends.ts';

export type CorrectionWorkRecord = {
  id: string;
  number: string;
  digest: string;
  can: { approve: boolean; decline: boolean; withdraw: boolean };
};

/** What the person who looks can do with a correction that waits. */
export function CorrectionWork({ record }: { record: CorrectionWorkRecord }) {
  const { id, number, digest, can } = record;
  if (!can.approve && !can.decline && !can.withdraw) return null;
  return (
    <section className="space-y-4">
      <SectionHeading>What to do</SectionHeading>
      {can.approve && (
        <Press
          label={`Approve ${number} with key: post it`}
          tone="primary"
          send={() => approveWith(id, digest)}
        />
      )}
      {can.decline && (
        <BreakTextForm
          title="Decline it"
          hint="Say what is wrong or missing. Nothing is posted."
          button="Decline"
          send={(text) => declineWith(id, text)}
        />
      )}
      {can.withdraw && (
        <>
          <p className="text-text-quiet">
            You raised it, so somebody else has to approve or decline it.
          </p>
          <Press label="Withdraw it" send={() => withdrawWith(id)} />
        </>
      )}
    </section>
  );
}

type Answer = { ok: true } | { ok: false; refusal: { sentence: string } };

function Press({
  label,
  tone = 'secondary',
  send,
}: {
  label: string;
  tone?: 'primary' | 'secondary';
  send: () => Promise<Answer>;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function press() {
    setBusy(true);
    setProblem(null);
    const answer = await send().catch(() => null);
    setBusy(false);
    if (answer?.ok) refresh();
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-2">
      <Button tone={tone} pending={isBusy} pendingLabel="Recording" onClick={() => void press()}>
        {label}
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Nothing was posted." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
