import type { RectificationView } from '#lib/privacy/rectification/view-corrections.ts';
import { planChangesAction } from '#lib/privacy/rights-actions.ts';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { CorrectForm } from './correct-form.tsx';
import { PlannedChanges } from './planned-changes.tsx';

/** What a request to rectify changes: written by one, proposed by another, made so by the approval of a third. */
export function Rectify({
  request,
  view,
}: {
  /** Which request, and the number of the event that was seen. */
  request: { id: string; seq: number };
  view: RectificationView | null;
}) {
  if (view === null) return null;
  const { plan, madeAt, fields, can } = view;
  const form = (label: string, tone: 'primary' | 'secondary') => (
    <CorrectForm
      act={planChangesAction}
      label={label}
      says="It stays sealed with the request until two others have decided on it."
      fixed={{ id: request.id, seen: String(request.seq) }}
      fields={fields}
      tone={tone}
    />
  );
  return (
    <section>
      <SectionHeading>What is to be corrected</SectionHeading>
      {plan === null && (
        <Notice
          title="Nothing was written down yet."
          action={can.plan && form('Write the correction', 'primary')}
        >
          A decision that grants the request names what is changed.
        </Notice>
      )}
      {plan !== null && (
        <Panel>
          <PanelRow
            title={plan.fields === null ? 'Sealed' : plan.fields.join(', ')}
            aside={
              madeAt === null ? (
                'Not made yet'
              ) : (
                <>
                  Made <Time instant={madeAt} style="minute" />
                </>
              )
            }
          >
            Written by <bdi>{plan.by}</bdi> <Time instant={plan.at} style="minute" />. What is
            decided names it by its digest.
          </PanelRow>
          {madeAt === null && (can.read || can.plan) && (
            <PanelRow>
              <div className="flex flex-wrap items-start gap-3 screen-only">
                {can.read && <PlannedChanges of={{ request: request.id }} />}
                {can.plan && form('Write it anew', 'secondary')}
              </div>
            </PanelRow>
          )}
        </Panel>
      )}
    </section>
  );
}
