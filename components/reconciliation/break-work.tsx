'use client';

import {
  commentBreakAction,
  takeBreakAction,
  withdrawClosingAction,
} from '#lib/reconciliation/actions.ts';
import { Press } from '../live/press.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { BreakTextForm } from './break-text-form.tsx';
import { acceptWith, declineWith, proposeWith } from './break-sends.ts';

export type BreakWorkRecord = {
  id: string;
  revision: number;
  state: string;
  proposal: { by: string; how: string; journal: string | null; isMine: boolean } | null;
  isTiming: boolean;
  can: { comment: boolean; close: boolean; isOwner: boolean };
};

export type Sent = Promise<
  { ok: true } | { ok: false; refusal: { code: string; sentence: string } }
>;

/** What the person who looks can do with a break, as it stood when the page was drawn. */
export function BreakWork({ record }: { record: BreakWorkRecord }) {
  const { id, revision, state, proposal, can, isTiming } = record;
  const target = { id, revision };
  const isOpen = state !== 'closed';
  return (
    <section className="space-y-4">
      <SectionHeading>What to do</SectionHeading>
      {isOpen && can.close && !can.isOwner && (
        <Press
          failed="Nothing was recorded."
          label="Take care of it"
          send={() => takeBreakAction(target)}
        />
      )}
      {state === 'proposed' && proposal && (
        <Proposal proposal={proposal} target={target} mayClose={can.close} />
      )}
      {state === 'open' && can.close && (
        <>
          {isTiming ? (
            <p className="text-text-quiet">
              The other side may still come. The next run matches it, or says what is wrong.
            </p>
          ) : (
            <BreakTextForm
              title="Explain it"
              hint="Say what the difference is and where the evidence lies. Somebody else has to accept it."
              button="Propose with key"
              send={(text) => proposeWith(target, text, null)}
            />
          )}
          <BreakTextForm
            title="Corrected in the books"
            hint="Say what was wrong, and give the number of the journal that corrects it."
            button="Propose the correction with key"
            withJournal
            send={(text, journal) => proposeWith(target, text, journal)}
          />
        </>
      )}
      {can.comment && (
        <BreakTextForm
          title="Comment"
          hint="What you found out, for whoever goes on from here. It moves nothing."
          button="Add the comment"
          send={(text) => commentBreakAction({ ...target, text })}
        />
      )}
    </section>
  );
}

function Proposal({
  proposal,
  target,
  mayClose,
}: {
  proposal: NonNullable<BreakWorkRecord['proposal']>;
  target: { id: string; revision: number };
  mayClose: boolean;
}) {
  return (
    <>
      <p>
        <bdi>{proposal.by}</bdi> proposed to close it
        {proposal.how === 'correction'
          ? ` by journal ${proposal.journal ?? ''}, which corrects the books.`
          : ' as explained; the words are below.'}
      </p>
      {mayClose && proposal.isMine && (
        <>
          <p className="text-text-quiet">Somebody else has to accept or decline it.</p>
          <Press
            failed="Nothing was recorded."
            label="Withdraw the proposal"
            send={() => withdrawClosingAction(target)}
          />
        </>
      )}
      {mayClose && !proposal.isMine && (
        <>
          <Press
            failed="Nothing was recorded."
            label="Accept with key: close this break"
            tone="primary"
            send={() => acceptWith(target)}
          />
          <BreakTextForm
            title="Decline it"
            hint="Say what is missing. The break is open again."
            button="Decline"
            send={(text) => declineWith(target, text)}
          />
        </>
      )}
    </>
  );
}
