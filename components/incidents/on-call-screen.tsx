import { endTurnAction, setTurnAction } from '#lib/incidents/actions.ts';
import {
  escalationRules,
  levels,
  severeRule,
  type EscalationRule,
  type Level,
} from '#lib/incidents/on-call/escalation-rules.ts';
import type { OnCallView, TurnView } from '#lib/incidents/on-call/list-on-call.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Figures } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { DeskTabs } from './desk-tabs.tsx';

const everyLevel = [1, 2, 3] as const satisfies readonly Level[];

/** Who is called now, who is next, and when somebody is called without being asked. */
export function OnCallScreen({ view, now }: { view: OnCallView; now: string }) {
  const { turns, uncovered, people, canWrite } = view;
  return (
    <>
      <PageHeader
        title="On call"
        state={onCallState(uncovered)}
        action={canWrite && <AddTurn people={people} now={now} />}
      />
      <DeskTabs current="/incidents/on-call" />
      <LiveRefresh topics={['incidents']} />
      <div className="space-y-8">
        {uncovered.length > 0 && (
          <Notice
            tone="caution"
            title={`Nobody is on call at ${uncovered.length === 1 ? 'level' : 'levels'} ${uncovered.join(' and ')}.`}
          >
            An incident that is escalated there reaches nobody. Put somebody on call.
          </Notice>
        )}
        <section>
          <SectionHeading>Now</SectionHeading>
          <Figures figures={everyLevel.map((level) => figureOf(level, turns))} />
        </section>
        <section>
          <SectionHeading>Turns</SectionHeading>
          <Table
            label="Turns on call, by level"
            columns={turnColumns(canWrite)}
            rows={turns}
            rowKey={({ id }) => id}
            empty="There is none. A turn says who is called at a level, from when until when."
            foot={countOf(turns.length, 'turn')}
          />
        </section>
        <section>
          <SectionHeading>When somebody is called</SectionHeading>
          <Table
            label="Rules of escalation"
            columns={ruleColumns}
            rows={[...escalationRules, severeRule]}
            rowKey={({ id }) => id}
            foot="The firm’s own figures. Whoever is called first stays responsible; the next level is called in addition."
          />
        </section>
        <p className="text-sm text-text-quiet">
          Senior management, and for major incidents the management body, is told: DORA, Art
          17(3)(e).
        </p>
      </div>
    </>
  );
}

function onCallState(uncovered: readonly Level[]): string {
  if (uncovered.length === 0) return 'Somebody is on call at every level.';
  return uncovered.length === everyLevel.length
    ? 'Nobody is on call.'
    : `Nobody is on call at level ${uncovered.join(' and ')}.`;
}

function figureOf(level: Level, turns: readonly TurnView[]) {
  const now = turns.filter((turn) => turn.level === level && turn.isNow);
  const [last] = now.toSorted((a, b) => b.until.localeCompare(a.until));
  const next = turns.find((turn) => turn.level === level && !turn.isNow);
  return {
    label: `Level ${level}: ${levels[level].toLowerCase()}`,
    value:
      now.length === 0 ? (
        'Nobody'
      ) : (
        <bdi>{[...new Set(now.map(({ name }) => name))].join(', ')}</bdi>
      ),
    note: last ? (
      <>
        until <Time instant={last.until} style="minute" />
      </>
    ) : next ? (
      <>
        <bdi>{next.name}</bdi> from <Time instant={next.from} style="minute" />
      </>
    ) : (
      'and nobody is next'
    ),
    noteTone: last ? ('quiet' as const) : ('caution' as const),
  };
}

const Now = ({ isNow }: Pick<TurnView, 'isNow'>) => (
  <StatusMark shape={isNow ? 'dot' : 'ring'} tone={isNow ? 'neutral' : 'quiet'}>
    {isNow ? 'On call now' : 'To come'}
  </StatusMark>
);

const turnColumns = (canWrite: boolean): readonly Column<TurnView>[] => [
  {
    id: 'person',
    head: 'Who',
    cell: (turn) => (
      <>
        <bdi>{turn.name}</bdi>
        <NarrowLine word={`Level ${turn.level}`}>
          <Now {...turn} />
        </NarrowLine>
        <NarrowLine word="From">
          <Time instant={turn.from} style="minute" />
        </NarrowLine>
        <NarrowLine word="Until">
          <Time instant={turn.until} style="minute" />
        </NarrowLine>
        {canWrite && (
          <span className="flex justify-end medium:hidden">
            <EndTurn turn={turn} />
          </span>
        )}
      </>
    ),
  },
  {
    id: 'level',
    narrow: 'hidden',
    head: 'Level',
    cell: ({ level }) => `${level} · ${levels[level]}`,
  },
  { id: 'now', narrow: 'hidden', head: 'Stands', cell: (turn) => <Now {...turn} /> },
  {
    id: 'from',
    narrow: 'hidden',
    head: 'From',
    cell: ({ from }) => <Time instant={from} style="minute" />,
  },
  {
    id: 'until',
    narrow: 'hidden',
    head: 'Until',
    cell: ({ until }) => <Time instant={until} style="minute" />,
  },
  ...(canWrite
    ? [
        {
          id: 'end',
          narrow: 'hidden' as const,
          head: <span className="sr-only">End it</span>,
          align: 'end' as const,
          cell: (turn: TurnView) => <EndTurn turn={turn} />,
        },
      ]
    : []),
];

const EndTurn = ({ turn: { id, name, level, isNow } }: { turn: TurnView }) => (
  <ActDialog
    act={endTurnAction}
    label={isNow ? 'End' : 'Take back'}
    size="small"
    title={isNow ? 'End this turn?' : 'Take this turn back?'}
    done={isNow ? 'End it now' : 'Take it back'}
    fixed={{ id }}
  >
    <p>
      <bdi>{name}</bdi>, level {level}. {isNow && 'From now on they are not called any more. '}
      That the turn was there stays on record.
    </p>
  </ActDialog>
);

const hourMs = 3_600_000;
/** The full hour that began last, as a browser's field writes it. */
const hourOf = (now: string, ahead = 0): string =>
  new Date(Math.floor(Date.parse(now) / hourMs) * hourMs + ahead).toISOString().slice(0, 16);

const AddTurn = ({ people, now }: { people: OnCallView['people']; now: string }) => (
  <ActDialog
    act={setTurnAction}
    label="Put somebody on call"
    title="Put somebody on call"
    tone="primary"
    done="Put them on call"
  >
    <SelectField
      label="Who"
      name="person"
      placeholder="Choose a person"
      options={people.map(({ id, name }) => ({ value: id, label: name }))}
    />
    <SelectField
      label="Level"
      name="level"
      defaultValue="1"
      options={everyLevel.map((level) => ({
        value: String(level),
        label: `${level} · ${levels[level]}`,
      }))}
    />
    <TextField
      label="From"
      name="from"
      type="datetime-local"
      hint="UTC"
      defaultValue={hourOf(now)}
    />
    <TextField
      label="Until"
      name="until"
      type="datetime-local"
      hint="UTC. A turn has at most 31 days."
      defaultValue={hourOf(now, 7 * 24 * hourMs)}
    />
  </ActDialog>
);

const whenOf = ({ when }: EscalationRule): string => {
  if ('clockPercent' in when)
    return when.clockPercent >= 100
      ? 'when the limit has passed'
      : `when ${when.clockPercent} % of the limit is used`;
  return when.unansweredMinutes === 0 ? 'at once' : `after ${when.unansweredMinutes} min`;
};

const ruleColumns: readonly Column<EscalationRule>[] = [
  {
    id: 'because',
    head: 'Because',
    cell: (rule) => (
      <>
        <span className="whitespace-normal">{rule.because}</span>
        <NarrowLine word={levels[rule.level]}>{whenOf(rule)}</NarrowLine>
      </>
    ),
  },
  {
    id: 'level',
    narrow: 'hidden',
    head: 'Who is called',
    cell: ({ level }) => `${level} · ${levels[level]}`,
  },
  { id: 'when', narrow: 'hidden', head: 'When', align: 'end', cell: whenOf },
];
