import type { DraftReport } from '#lib/operations/policy/check-draft.ts';
import { Notice } from '../ui/notice.tsx';
import { StatusMark } from '../ui/status-mark.tsx';

/** Why a policy may not be raised as it is: it would lock everyone out, or let one person do it all. */
export function ReportBars({ report }: { report: Pick<DraftReport, 'lockout' | 'solo'> }) {
  const { lockout, solo } = report;
  return (
    <>
      {lockout !== null && (
        <Notice tone="danger" title="Would lock everyone out.">
          {lockout}
        </Notice>
      )}
      {solo && (
        <div className="space-y-2">
          <Notice tone="danger" title="One person could do it alone.">
            {solo.sentence}
          </Notice>
          <ol className="list-decimal space-y-1 ps-6">
            {solo.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      )}
    </>
  );
}

/** Whether it tightens or loosens, and what that means for whoever raises it. */
export function ReportEffect({ report: { effect } }: { report: Pick<DraftReport, 'effect'> }) {
  switch (effect.what) {
    case 'nothing':
      return <p className="text-text-quiet">It says the same as the version in force.</p>;
    case 'unknown':
      return null;
    case 'tightens':
      return (
        <div>
          <StatusMark shape="dot" tone="neutral">
            Tightens
          </StatusMark>
          <p className="text-text-quiet">
            {effect.asks === null
              ? 'It takes effect at once, by the statement of whoever raises it.'
              : `It touches how people put things right, so it needs ${effect.asks}. It takes effect as soon as all of them stated.`}
          </p>
        </div>
      );
    case 'loosens':
      return (
        <div>
          <StatusMark shape="ring" tone="caution">
            Counts as loosening
          </StatusMark>
          <p className="text-text-quiet">
            It needs {effect.asks}.{' '}
            {effect.wait === null
              ? 'It takes effect as soon as all of them stated.'
              : `Then each party waits ${effect.wait}; meanwhile any one officer may end it.`}
          </p>
        </div>
      );
  }
}
