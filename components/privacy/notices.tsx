import type { DutyView, NoticesView } from '#lib/privacy/notices/view-notices.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { EndNotices, TellOfChange } from './tell-of-change.tsx';

/**
 * Who got data that were corrected without a request, or restricted within one for something else, and whether each was
 * told (Art 19).
 */
export function Notices({ view }: { view: NoticesView | null }) {
  if (view === null || view.duties.length === 0) return null;
  return (
    <section aria-label="Recipients to be told">
      <SectionHeading>Told to recipients (Art 19)</SectionHeading>
      <div className="space-y-4">
        {view.duties.map((duty) => (
          <Duty key={duty.id} duty={duty} />
        ))}
      </div>
      {view.hasMore && (
        <p className="mt-2 text-sm text-text-quiet">
          The first {view.duties.length}, what is still to be told above
        </p>
      )}
    </section>
  );
}

const causeWords = {
  correction: 'A correction without a request',
  restriction: 'A restriction within a request for something else',
} as const;

function Duty({ duty }: { duty: DutyView }) {
  const { cause, since, endedAt, endedBy, recipients, can } = duty;
  return (
    <Panel>
      <PanelRow title={causeWords[cause]} aside={<Time instant={since} style="minute" />}>
        {endedAt === null ? (
          'Each recipient is told of it, unless that is impossible or takes disproportionate effort.'
        ) : (
          <>
            <bdi>{endedBy}</bdi> recorded <Time instant={endedAt} style="minute" /> that no
            recipient is left to tell.
          </>
        )}
      </PanelRow>
      {recipients.length === 0 && (
        <PanelRow>
          No recipient of these data is on record. That is not to say that nobody received any.
        </PanelRow>
      )}
      {recipients.map(({ code, name, result }) => (
        <PanelRow
          key={code}
          title={<bdi>{name}</bdi>}
          aside={
            <StatusMark
              shape={result === null ? 'ring' : 'dot'}
              tone={result === null ? 'neutral' : 'good'}
            >
              {result ?? 'Not yet'}
            </StatusMark>
          }
        />
      ))}
      {(can.tell || can.end) && (
        <PanelRow>
          <div className="flex flex-wrap items-start gap-3 screen-only">
            {can.tell && <TellOfChange duty={duty} />}
            {can.end && <EndNotices duty={duty} />}
          </div>
        </PanelRow>
      )}
    </Panel>
  );
}
