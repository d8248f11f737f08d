'use client';

import { preparePolicyChangeAction } from '#lib/operations/policy/actions.ts';
import type { PreparedPolicyChange } from '#lib/operations/policy/prepare-policy-change.ts';
import type { DraftView } from '#lib/operations/policy/view-draft.ts';
import { ChangesList } from '../policy/changes-list.tsx';
import { ReportBars, ReportEffect } from '../policy/report-facts.tsx';
import { Button } from '../ui/button.tsx';
import { Footing } from '../ui/description-list.tsx';
import { Hash } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { RaiseReview } from './raise-review.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { toSign, useRaise, type Raise } from './use-raise.ts';

type Intent = PreparedPolicyChange['intent'];

/** Raising a draft: what it changes, then what is signed, then the key. */
export function RaisePolicyScreen({ draft }: { draft: DraftView }) {
  const raise = useRaise<Intent>();

  function check() {
    const { id, revision } = draft;
    void raise.check(async () =>
      toSign(
        await preparePolicyChangeAction({ operation: raise.operationId(), draft: id, revision }),
      ),
    );
  }

  if (raise.prepared)
    return <Review raise={raise} intent={raise.prepared.intent} onRenew={check} />;
  return <Before draft={draft} refusal={raise.refusal} checking={raise.checking} check={check} />;
}

function Before({
  draft,
  refusal,
  checking,
  check,
}: {
  draft: DraftView;
  refusal: string | null;
  checking: boolean;
  check: () => void;
}) {
  const { report } = draft;
  const cannot = draft.canChange
    ? report.cannotRaise
    : 'Your role does not raise policy changes, or the draft was discarded.';
  return (
    <div className="max-w-prose space-y-6">
      {refusal !== null && <RefusalNotice sentence={refusal} />}
      <ReportBars report={report} />
      <ReportEffect report={report} />
      <section>
        <SectionHeading>What it changes of version {report.against}</SectionHeading>
        <ChangesList changes={report.changes} />
      </section>
      {cannot === null ? (
        <div>
          <Button tone="primary" pending={checking} pendingLabel="Checking" onClick={check}>
            Check and read it
          </Button>
          <Footing>The next step shows exactly what you sign. Nothing is raised before.</Footing>
        </div>
      ) : (
        <Notice
          tone="caution"
          title="It can’t be raised yet."
          action={<LinkButton href={`/policy/drafts/${draft.id}`}>Back to the draft</LinkButton>}
        >
          {cannot}
        </Notice>
      )}
    </div>
  );
}

function Review({
  raise,
  intent,
  onRenew,
}: {
  raise: Raise<Intent>;
  intent: Intent;
  onRenew: () => void;
}) {
  const { report } = intent;
  return (
    <RaiseReview
      raise={raise}
      action="raise this policy change"
      onRenew={onRenew}
      title={
        <>
          Change the policy to version <strong>{intent.version}</strong>
        </>
      }
      facts={[
        {
          term: 'Changes',
          detail: (
            <>
              <ChangesList changes={report.changes} />
              <Footing>
                Everything else stays as it is in version {report.against}. You sign the whole of
                version {intent.version}.
              </Footing>
            </>
          ),
        },
        { term: 'Effect', detail: <ReportEffect report={report} /> },
        ...(intent.previous === null
          ? []
          : [
              {
                term: 'After',
                detail: (
                  <>
                    Version {report.against}, whose digest is <Hash value={intent.previous} />
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}
