import type { EventKind } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import type { StatusShape } from '../../ui/status-mark.tsx';
import { Time } from '../../ui/time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import type { Tone } from '../../ui/tone.ts';
import { countOf } from '../../operations/counts.ts';
import { EventSentence } from './event-sentence.tsx';
import { timelineRows } from './timeline-rows.ts';

const marks: Readonly<Partial<Record<EventKind, { shape: StatusShape; tone?: Tone }>>> = {
  opened: { shape: 'ring' },
  asked: { shape: 'ring' },
  warned: { shape: 'triangle', tone: 'danger' },
  doubted: { shape: 'triangle', tone: 'caution' },
  erased: { shape: 'square' },
  'put-back': { shape: 'triangle', tone: 'caution' },
  freed: { shape: 'ring', tone: 'caution' },
  closed: { shape: 'square' },
  withdrawn: { shape: 'square' },
  'marked-duplicate': { shape: 'square' },
};

/** What happened, newest first. What people wrote stands elsewhere and is opened on its own. */
export const RequestTimeline = ({ view: { events } }: { view: RequestView }) => (
  <Timeline
    label="What happened, newest first"
    entries={timelineRows(events)
      .toReversed()
      .map((row) => {
        const event = row.kind === 'event' ? row.event : row.last;
        return {
          id: String(event.seq),
          ...marks[event.kind],
          title:
            row.kind === 'event' ? (
              <EventSentence event={event} />
            ) : (
              `Collected from ${countOf(row.systems, 'system')}: ${countOf(row.records, 'record')}`
            ),
          detail: (
            <>
              <bdi>{event.by}</bdi>, <Time instant={event.at} style="minute" />
            </>
          ),
        };
      })}
  />
);
