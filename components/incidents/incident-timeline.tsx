import type { EventKind } from '#lib/incidents/desk/life.ts';
import type {
  IncidentView,
  TimelineEntry as IncidentEntry,
} from '#lib/incidents/desk/view-incident.ts';
import type { TextField } from '#lib/incidents/desk/texts.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline, type TimelineEntry } from '../ui/timeline.tsx';
import type { Tone } from '../ui/tone.ts';
import { EventSentence, type Told } from './event-sentence.tsx';

const marks: Readonly<Partial<Record<EventKind, { shape: StatusShape; tone?: Tone }>>> = {
  opened: { shape: 'ring' },
  escalated: { shape: 'triangle', tone: 'caution' },
  warned: { shape: 'triangle', tone: 'caution' },
  closed: { shape: 'square' },
  dropped: { shape: 'square' },
};

/** Texts that say what the sentence of their event says already. */
const said: ReadonlySet<TextField> = new Set(['task', 'file-name']);

/** What happened, newest first: who, what, when, with every text that belongs to it. */
export function IncidentTimeline({ view }: { view: IncidentView }) {
  const told: Told = {
    source: view.source,
    names: view.names,
    tasks: new Map(view.tasks.map(({ seq, text }) => [seq, text])),
    files: new Map(view.evidence.map(({ seq, name }) => [seq, name])),
  };
  return (
    <Timeline
      label="What happened, newest first"
      entries={view.timeline.map((entry) => shownEntry(entry, told, view.title))}
    />
  );
}

function shownEntry(entry: IncidentEntry, told: Told, title: string): TimelineEntry {
  const { seq, kind, by, at, event, texts } = entry;
  const major = event.kind === 'classified' && event.facts.verdict === 'major';
  const mark = major ? { shape: 'triangle' as const, tone: 'danger' as const } : marks[kind];
  // The page shows the description, its title and the review in full elsewhere.
  const short = texts.filter(
    ({ field, text }) =>
      !said.has(field) && field !== 'description' && (field !== 'title' || text !== title),
  );
  const isReview = kind === 'reviewed';
  return {
    id: String(seq),
    ...mark,
    title: <EventSentence event={event} told={told} />,
    detail: (
      <>
        <bdi>{by}</bdi>, <Time instant={at} />
        {!isReview &&
          short.map(({ field, text }) => (
            <span key={field} className="mt-1 block wrap-anywhere whitespace-pre-wrap text-text">
              <bdi>{text}</bdi>
            </span>
          ))}
      </>
    ),
  };
}
