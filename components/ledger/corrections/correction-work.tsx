'use client';

import { Press } from '../../live/press.tsx';
import { BreakTextForm } from '../../reconciliation/break-text-form.tsx';
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
          failed="Nothing was posted."
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
          <Press failed="Nothing was posted." label="Withdraw it" send={() => withdrawWith(id)} />
        </>
      )}
    </section>
  );
}
