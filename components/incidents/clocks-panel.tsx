import type { Clock, ClockStanding } from '#lib/incidents/clock.ts';
import { lastHours, warningShares } from '#lib/incidents/deadline-rules.ts';
import { Countdown } from '../ui/countdown.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { formatInstant } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { TONE_TEXT, type Tone } from '../ui/tone.ts';
import type { Mark } from './incident-words.ts';

/** What of a clock is shown; instants by the clock of the entity's zone. */
export type ShownClock = Pick<
  Clock,
  'id' | 'name' | 'to' | 'limit' | 'due' | 'doneAt' | 'sentence' | 'basis' | 'inputs' | 'share'
> & {
  state: ClockStanding;
  /** It hangs on something that has not happened yet. */
  isProjected: boolean;
};

const hourMs = 3_600_000;
const twoHoursMs = 2 * hourMs;

/** The clocks of one incident, each counting down and each saying why it ends when it ends. */
export function ClocksPanel({
  clocks,
  fault = null,
  serverNow,
}: {
  clocks: readonly ShownClock[];
  /** Why they can't be computed, as a sentence. */
  fault?: string | null;
  serverNow: string;
}) {
  if (fault !== null)
    return (
      <Notice tone="danger" title="The time limits can’t be computed.">
        {fault} They run all the same: correct what is on record.
      </Notice>
    );
  if (clocks.length === 0) return null;
  return (
    <section>
      <SectionHeading>Time limits</SectionHeading>
      <Panel label="Time limits">
        {clocks.map((clock) => (
          <ClockRow key={clock.id} clock={clock} serverNow={serverNow} />
        ))}
      </Panel>
    </section>
  );
}

function ClockRow({ clock, serverNow }: { clock: ShownClock; serverNow: string }) {
  const { name, to, due, limit, doneAt, state, sentence, basis, inputs, share } = clock;
  const { shape, tone, words } = markOf(clock, serverNow);
  return (
    <PanelRow
      title={
        <>
          {name} <span className="font-normal text-text-quiet">to {to}</span>
        </>
      }
      aside={
        <span className="inline-flex flex-wrap items-baseline gap-x-3">
          <StatusMark shape={shape} tone={tone}>
            {words}
          </StatusMark>
          {state === 'running' && due !== null && (
            <span className="font-medium">
              <Countdown
                until={due}
                serverNow={serverNow}
                cautionBelow={twoHoursMs}
                passed={<span className="text-danger">time is up</span>}
              />
            </span>
          )}
        </span>
      }
    >
      <p>
        {doneAt !== null && (
          <>
            Done <Time instant={doneAt} style="minute" />.{' '}
          </>
        )}
        {due === null ? (
          'The law gives no number: without undue delay.'
        ) : (
          <>
            {dueWords[state]} <BothTimes instant={due} />.
            {clock.isProjected && ' It moves with what it is counted from.'}
          </>
        )}
      </p>
      {share !== null && <ShareBar share={share} tone={tone} />}
      <Evidence label="Why then">
        <p>{sentence}</p>
        <p className="mt-1 text-text-quiet">{basis}</p>
        <div className="mt-2">
          <DescriptionList
            look="compact"
            items={[
              ...inputs.map(({ label, value }) => ({ term: label, detail: <bdi>{value}</bdi> })),
              ...(limit !== null && limit !== due
                ? [
                    {
                      term: 'Without the relief',
                      detail: <BothTimes instant={limit} />,
                    },
                  ]
                : []),
            ]}
          />
        </div>
      </Evidence>
    </PanelRow>
  );
}

/** What the time is: a limit that runs, one that did, or one that is to be expected. */
const dueWords: Readonly<Record<ClockStanding, string>> = {
  running: 'Due',
  projected: 'Projected:',
  met: 'Was due',
  late: 'Was due',
  stopped: 'Would have been due',
};

/** The minute where the entity is, where the instant says it, and the same in UTC. */
function BothTimes({ instant }: { instant: string }) {
  const local = localText(instant);
  return (
    <>
      {local !== null && (
        <>
          <span className="whitespace-nowrap text-text tabular-nums">{local}</span>,{' '}
        </>
      )}
      <Time instant={instant} style="minute" />
    </>
  );
}

/** "28 Nov 2026, 14:10 (+01:00)"; null for an instant that is written in UTC. */
function localText(instant: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?([+-]\d{2}:\d{2})$/.exec(
    instant,
  );
  if (!parts) return null;
  const [, minute = '', offset = ''] = parts;
  return `${formatInstant(`${minute}:00Z`, 'minute').replace(' UTC', '')} (UTC${offset.replace('-', '−')})`;
}

/** How much of the time has run; the words beside it say the same exactly. */
const ShareBar = ({ share, tone }: { share: number; tone: Tone }) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 100 4"
    preserveAspectRatio="none"
    className={`mt-2 h-1 w-full ${TONE_TEXT[tone]}`}
  >
    <rect width="100" height="4" className="fill-line" />
    <rect width={share * 100} height="4" fill="currentColor" />
  </svg>
);

/** How a clock stands, in a word and a shape. */
function markOf({ state, due, share }: ShownClock, serverNow: string): Mark {
  if (state !== 'running') return marks[state];
  const left = due === null ? Infinity : Date.parse(due) - Date.parse(serverNow);
  if (left <= 0) return { shape: 'triangle', tone: 'danger', words: 'Over' };
  if (left <= lastHours * hourMs) return { shape: 'triangle', tone: 'danger', words: 'Last hour' };
  const [firstWarning = 1] = warningShares;
  return (share ?? 0) >= firstWarning
    ? { shape: 'triangle', tone: 'caution', words: 'Running out' }
    : { shape: 'ring', tone: 'neutral', words: 'Running' };
}

const marks: Readonly<Record<Exclude<ClockStanding, 'running'>, Mark>> = {
  met: { shape: 'dot', tone: 'good', words: 'Done in time' },
  late: { shape: 'square', tone: 'danger', words: 'Done late' },
  stopped: { shape: 'square', tone: 'quiet', words: 'Stopped' },
  projected: { shape: 'ring', tone: 'quiet', words: 'Projected' },
};
