import { isUndecided } from '#lib/privacy/requests/life.ts';
import type { RequestClock } from '#lib/privacy/requests/clock.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { countOf } from '../../operations/counts.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { Evidence } from '../../ui/timeline.tsx';
import { clockMark } from './request-words.ts';

/** The clock of a request with each step of its counting, its pauses and its extension. */
export function RequestClockPanel({ view }: { view: RequestView }) {
  const { clock, clockFault, standing } = view;
  if (clock === null)
    return (
      <Notice tone="danger" title="The time limit can’t be counted.">
        {clockFault} It runs all the same.
      </Notice>
    );
  const { shape, tone, words } = clockMark(clock);
  return (
    <section>
      <SectionHeading>Time limit</SectionHeading>
      <Panel label="Time limit">
        <PanelRow
          title="Answer to the person"
          aside={
            <StatusMark shape={shape} tone={tone}>
              {words}
            </StatusMark>
          }
        >
          <DescriptionList
            look="compact"
            items={[
              { term: 'By law', detail: <Day date={clock.dueOn} /> },
              ...(!clock.isExtended
                ? []
                : [
                    {
                      term: 'To refuse',
                      detail: (
                        <>
                          <Day date={clock.refusalDueOn} />, which an extension does not move (Art
                          12(4)). A refusal after that day is marked as late.
                        </>
                      ),
                    },
                    { term: 'To act', detail: <Day date={clock.actionDueOn} /> },
                  ]),
              { term: 'Our target', detail: <Day date={clock.targetOn} /> },
              {
                term: 'Extension',
                detail:
                  standing.extension === null || !clock.isExtended ? (
                    <>
                      {clock.isFreed && standing.extension !== null
                        ? 'The one before the erasure came back is over.'
                        : 'None.'}
                      {isUndecided(standing.state) &&
                        standing.extension === null &&
                        (clock.daysLeft ?? 0) >= 0 && (
                          <>
                            {' '}
                            One may be announced until <Day date={clock.noticeDueOn} />.
                          </>
                        )}
                    </>
                  ) : (
                    <>
                      Two months, because of{' '}
                      {standing.extension.reason === 'complexity'
                        ? 'complexity'
                        : 'the number of requests'}
                      . The person was told{' '}
                      <Time instant={standing.extension.noticeSentAt} style="minute" />.
                    </>
                  ),
              },
              { term: 'Pauses', detail: <Pauses view={view} /> },
              { term: 'Counted by', detail: <CountedBy {...clock.countedBy} /> },
            ]}
          />
          <Evidence label="How it was counted">
            <ol className="list-decimal space-y-2 ps-5">
              {clock.steps.map(({ says, article }) => (
                <li key={says}>
                  <span className="text-text">{says}</span>
                  <span className="block text-text-quiet">{article}</span>
                </li>
              ))}
            </ol>
          </Evidence>
        </PanelRow>
      </Panel>
    </section>
  );
}

function CountedBy({ zone, holidays, isKept }: RequestClock['countedBy']) {
  return (
    <>
      Clocks of {zone}, and public holidays{' '}
      {isKept ? 'as they were on record when it began' : 'of the seat as they are on record now'}:{' '}
      {holidays.length === 0
        ? 'none in this time'
        : holidays.map((day, place) => (
            <span key={day}>
              {place > 0 && ', '}
              <Day date={day} />
            </span>
          ))}
      .
    </>
  );
}

function Pauses({ view: { clock } }: { view: RequestView }) {
  const pauses = clock?.pauses ?? [];
  if (pauses.length === 0) return 'None';
  return (
    <ul aria-label={countOf(pauses.length, 'pause')}>
      {pauses.map(({ question, from, to, counts }) => (
        <li key={question}>
          <Day date={from} /> to {to === null ? 'today' : <Day date={to} />}
          {!counts && ', too late to suspend anything'}
        </li>
      ))}
    </ul>
  );
}
