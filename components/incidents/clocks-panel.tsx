import { Countdown } from '../ui/countdown.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { formatInstant } from '../ui/format.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import type { Mark } from './incident-words.ts';

/** A time limit as it is shown: what is due, to whom, until when, and why then. */
export type ShownClock = {
  id: string;
  name: string;
  /** Who gets it, such as "BaFin". */
  to: string;
  /** ISO instant at which the span itself ends; null where there is none yet. */
  limit: string | null;
  /** ISO instant until which it is due, later than the limit where a relief moves it. */
  due: string | null;
  state: 'running' | 'projected' | 'met' | 'late' | 'stopped';
  /** ISO instant at which it was done. */
  doneAt: string | null;
  /** The rule in plain words. */
  sentence: string;
  /** Article of the rule. */
  basis: string;
  /** It hangs on something that has not happened yet. */
  isProjected: boolean;
  /** What it was computed from. */
  inputs: readonly { label: string; value: string }[];
};

const twoHoursMs = 7_200_000;

/** The clocks of one incident, each counting down and each saying why it ends when it ends. */
export function ClocksPanel({
  clocks,
  serverNow,
}: {
  clocks: readonly ShownClock[];
  serverNow: string;
}) {
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
  const { name, to, due, limit, doneAt, state, sentence, basis, inputs } = clock;
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
          'No time is set yet.'
        ) : (
          <DueTime due={due} isProjected={clock.isProjected} />
        )}
      </p>
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

const DueTime = ({ due, isProjected }: { due: string; isProjected: boolean }) => (
  <>
    {isProjected ? 'Projected: ' : 'Due '}
    <BothTimes instant={due} />
    {isProjected && '. It moves with what it is counted from.'}
  </>
);

/** The minute where the entity is, where the instant says it, and the same in UTC. */
function BothTimes({ instant }: { instant: string }) {
  const local = localText(instant);
  return (
    <span className="inline-flex flex-wrap gap-x-2 tabular-nums">
      {local !== null && <span className="whitespace-nowrap text-text">{local}</span>}
      <Time instant={instant} style="minute" />
    </span>
  );
}

/** "28 Nov 2026, 14:10 (+01:00)"; null for an instant that is written in UTC. */
export function localText(instant: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?([+-]\d{2}:\d{2})$/.exec(
    instant,
  );
  if (!parts) return null;
  const [, minute = '', offset = ''] = parts;
  return `${formatInstant(`${minute}:00Z`, 'minute').replace(' UTC', '')} (UTC${offset.replace('-', '−')})`;
}

/** How a clock stands, in a word and a shape. */
export function markOf({ state, due }: Pick<ShownClock, 'state' | 'due'>, serverNow: string): Mark {
  switch (state) {
    case 'running': {
      const left = due === null ? Infinity : Date.parse(due) - Date.parse(serverNow);
      if (left <= 0) return { shape: 'triangle', tone: 'danger', words: 'Over' };
      return left < twoHoursMs
        ? { shape: 'triangle', tone: 'caution', words: 'Due soon' }
        : { shape: 'ring', tone: 'neutral', words: 'Running' };
    }
    case 'projected':
      return { shape: 'ring', tone: 'quiet', words: 'Projected' };
    case 'met':
      return { shape: 'dot', tone: 'good', words: 'Done in time' };
    case 'late':
      return { shape: 'square', tone: 'quiet', words: 'Done late' };
    case 'stopped':
      return { shape: 'square', tone: 'quiet', words: 'Stopped' };
  }
}
