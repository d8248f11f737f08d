import { channels, reportStages, type Channel } from '#lib/incidents/reports/life.ts';
import type { ReportStepView, ReportView } from '#lib/incidents/reports/view-report.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { DigestLine } from './digest-line.tsx';
import { Decline, PressStep, RecordReceipt, RecordSent, Withdraw } from './report-acts.tsx';

/** Rules that a raised report breaks, with why it is sent nevertheless; null where it keeps them all. */
export function overridesOf({ facts }: Pick<ReportStepView, 'facts'>): {
  rules: string[];
  reason: string;
} | null {
  const given = facts['overrides'] as { rules?: unknown; reason?: unknown } | null | undefined;
  if (!given || !Array.isArray(given.rules)) return null;
  return {
    rules: given.rules.map(String),
    reason: typeof given.reason === 'string' ? given.reason : '',
  };
}

export const channelName = (channel: unknown): string =>
  typeof channel === 'string' && Object.hasOwn(channels, channel)
    ? channels[channel as Channel]
    : 'Not said';

/** What a second person decides on before their key is pressed, and what is to be done after. */
export function DecisionPanel({ view }: { view: ReportView }) {
  const { state, can, steps, due } = view;
  const raised = steps.findLast(({ step }) => step === 'raised');
  const wentAlone = steps.some(({ step, facts }) => step === 'released' && facts['alone'] === true);
  const isReviewed = steps.some(({ step }) => step === 'reviewed');
  if (state === 'raised' && raised) return <Release view={view} raised={raised} />;
  const isSending = state === 'released';
  if (!isSending && !can.receipt && !can.review && !wentAlone) return null;
  return (
    <div className="mb-6 space-y-3 empty:hidden">
      {isSending && (
        <Notice
          tone="caution"
          title="Released, and not sent yet."
          action={can.send && <RecordSent view={view} />}
        >
          Download the document, send it to the authority, and record here when you did.
          {due !== null && (
            <>
              {' '}
              Its limit is <Time instant={due.dueAt} style="minute" />.
            </>
          )}
        </Notice>
      )}
      {wentAlone && !isReviewed && (
        <Notice
          tone="caution"
          title="It went out with one person."
          action={can.review && raised && <Review view={view} />}
        >
          {can.review
            ? 'Read it, and sign that you reviewed it.'
            : 'Another person than who released it reviews it afterwards.'}
        </Notice>
      )}
      {can.receipt && (
        <Notice
          title={state === 'sent' ? 'Sent.' : 'The receipt is recorded.'}
          action={<RecordReceipt view={view} />}
        >
          {state === 'sent'
            ? 'The authority acknowledges it and gives a reference (DORA, Art 22).'
            : 'If the authority answers again, record that too.'}
        </Notice>
      )}
    </div>
  );
}

const Review = ({ view }: { view: ReportView }) => (
  <div className="space-y-3">
    <DigestLine digest={view.digest} words={view.words} />
    <PressStep view={view} step="reviewed" />
  </div>
);

function Release({ view, raised }: { view: ReportView; raised: ReportStepView }) {
  const { can, stage, incident, digest, words, due } = view;
  const overrides = overridesOf(raised);
  return (
    <section
      aria-label="Release"
      className="mb-8 rounded-md border border-line-strong bg-surface p-5"
    >
      <p className="mb-3 text-md">
        Release the {reportStages[stage].toLowerCase()} of {incident.number} to the authority.
      </p>
      <DescriptionList
        look="compact"
        items={[
          { term: 'Document', detail: <DigestLine digest={digest} words={words} /> },
          {
            term: 'Raised by',
            detail: (
              <>
                <bdi>{raised.by}</bdi>, <Time instant={raised.at} style="minute" />
                {raised.key !== null && (
                  <>
                    , key “<bdi>{raised.key}</bdi>”
                  </>
                )}
              </>
            ),
          },
          { term: 'Version', detail: String(view.version) },
          { term: 'To be sent by', detail: channelName(raised.facts['channel']) },
          ...(due === null
            ? []
            : [{ term: 'Limit', detail: <Time instant={due.dueAt} style="minute" /> }]),
          ...(overrides === null
            ? []
            : [
                {
                  term: 'Breaks rules',
                  detail: (
                    <span className="text-danger">
                      {overrides.rules.join(', ')}. Why it is sent nevertheless:{' '}
                      <bdi>{overrides.reason}</bdi>
                    </span>
                  ),
                },
              ]),
        ]}
      />
      {can.alone && (
        <div className="mt-4">
          <Notice tone="caution" title="One person may release it now.">
            You raised it yourself, and its limit is less than an hour away or over. It stays on
            record that it went out with one person, and another person reviews it afterwards.
          </Notice>
        </div>
      )}
      <div className="mt-4 flex flex-wrap items-start gap-3">
        {can.release && <PressStep view={view} step="released" />}
        {can.decline && <Decline view={view} />}
        {can.withdraw && <Withdraw view={view} />}
      </div>
      {!can.release && (
        <p className="mt-3 text-sm text-text-quiet">
          {can.withdraw
            ? 'You raised it, so another officer or manager releases it. Read what is to be sent below.'
            : 'It waits for another officer or manager than who raised it.'}
        </p>
      )}
    </section>
  );
}
