import type { DutyState } from '#lib/resilience/board/board-duties.ts';
import { decisionWords } from '#lib/resilience/board/decision-words.ts';
import type {
  DutiesView,
  DutyLine,
  EvidenceView,
  MemberTraining,
} from '#lib/resilience/board/view-duties.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Hash } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Day, Time } from '../ui/time.tsx';
import { BoardTabs } from './board-tabs.tsx';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { TrainingDialog } from './training-dialog.tsx';

/** The duties of the board with their evidence, and the training of its members. */
export function DutiesScreen({ view }: { view: DutiesView }) {
  const { duties, members, people, today, can } = view;
  const records = duties.flatMap((duty) => duty.records);
  return (
    <>
      <PageHeader
        title="Duties of the board"
        state={dutiesState(duties)}
        action={
          <>
            {can.train && (
              <TrainingDialog members={people.filter(({ isMember }) => isMember)} today={today} />
            )}
            {can.sign && <EvidenceDialog people={people} today={today} />}
          </>
        }
      />
      <BoardTabs current="/resilience/board/duties" />
      <LiveRefresh topics={['resilience']} />
      <div className="space-y-8">
        <Table
          label="Duties of the board"
          columns={dutyColumns}
          rows={duties}
          rowKey={({ id }) => id}
          mark={markOf}
          foot={`${duties.filter(({ state }) => state === 'kept').length} of ${countOf(duties.length, 'duty', 'duties')} with evidence of its period.`}
        />
        <section>
          <SectionHeading>Evidence</SectionHeading>
          {records.length === 0 ? (
            <p className="text-text-quiet">
              None is on record. A member who was present signs what was decided, with the digest of
              the document.
            </p>
          ) : (
            <Panel label="Evidence">
              {records.map((one) => (
                <EvidenceRow key={one.id} one={one} />
              ))}
            </Panel>
          )}
        </section>
        <section>
          <SectionHeading>Training of members</SectionHeading>
          <Table
            label="Training of members"
            columns={trainingColumns}
            rows={members}
            rowKey={({ person }) => person}
            mark={markOf}
            empty="Nobody has the role of a manager, which members of the board have here."
            foot={countOf(members.length, 'member')}
          />
        </section>
        <p className="text-sm text-text-quiet">
          What the management body defines, approves, oversees and answers for: DORA, Art 5(2) and
          (4). Periods of a year are the firm’s own, but for the policy on providers (RTS policy,
          Art 3(1)).
        </p>
      </div>
    </>
  );
}

const looks = {
  kept: { shape: 'square', tone: 'good', words: 'On record' },
  old: { shape: 'triangle', tone: 'caution', words: 'Too old' },
  missing: { shape: 'triangle', tone: 'danger', words: 'Missing' },
} as const;

const StateMark = ({ state }: { state: DutyState }) => {
  const { words, ...look } = looks[state];
  return <StatusMark {...look}>{words}</StatusMark>;
};

const markOf = ({ state }: { state: DutyState }) =>
  state === 'kept' ? null : state === 'old' ? 'caution' : 'danger';

const DueDay = ({ dueOn }: { dueOn: string | null }) =>
  dueOn === null ? 'Now' : <Day date={dueOn} />;

const dutyColumns: readonly Column<DutyLine>[] = [
  {
    id: 'duty',
    head: 'Duty',
    wrap: true,
    cell: ({ what, article, evidence, state, dueOn }) => (
      <>
        {what}
        <span className="block text-sm text-text-quiet">
          {article}. {evidence}.
        </span>
        <NarrowLine word="State">
          <StateMark state={state} />
        </NarrowLine>
        <NarrowLine word="Again by">
          <DueDay dueOn={dueOn} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'state',
    narrow: 'hidden',
    head: 'State',
    cell: ({ state }) => <StateMark state={state} />,
  },
  {
    id: 'last',
    narrow: 'hidden',
    head: 'Last',
    cell: ({ shown }) => (shown === null ? 'Never' : <Day date={shown.on} />),
  },
  { id: 'due', narrow: 'hidden', head: 'Again by', cell: ({ dueOn }) => <DueDay dueOn={dueOn} /> },
];

const trainingColumns: readonly Column<MemberTraining>[] = [
  {
    id: 'member',
    head: 'Member',
    cell: ({ name, state }) => (
      <>
        <bdi>{name}</bdi>
        <NarrowLine word="State">
          <StateMark state={state} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'state',
    narrow: 'hidden',
    head: 'State',
    cell: ({ state }) => <StateMark state={state} />,
  },
  {
    id: 'trainings',
    head: 'Trainings',
    wrap: true,
    cell: ({ trainings }) =>
      trainings.length === 0
        ? 'None'
        : trainings.map(({ topic, heldOn }) => (
            <span key={`${heldOn} ${topic}`} className="block">
              <Day date={heldOn} />: <bdi>{topic}</bdi>
            </span>
          )),
  },
  { id: 'due', narrow: 'hidden', head: 'Again by', cell: ({ dueOn }) => <DueDay dueOn={dueOn} /> },
];

function EvidenceRow({ one }: { one: EvidenceView }) {
  return (
    <PanelRow
      title={
        <>
          <bdi>{one.title}</bdi>, version <bdi>{one.version}</bdi>: {decisionWords[one.decision]}
        </>
      }
      aside={<Day date={one.decidedOn} />}
    >
      {one.conditions !== null && (
        <p className="whitespace-pre-wrap text-text">
          <bdi>{one.conditions}</bdi>
        </p>
      )}
      <p>
        Present: <bdi>{one.members.join(', ')}</bdi>. Written by{' '}
        <bdi>{one.author ?? 'somebody outside the console'}</bdi>, signed off by{' '}
        <bdi>{one.signedBy}</bdi> with <bdi>{one.keyLabel}</bdi> on{' '}
        <Time instant={one.signedAt} style="minute" />.
      </p>
      <p>
        SHA-256 <Hash value={one.sha256} />
      </p>
    </PanelRow>
  );
}

/** "7 of 10 duties have evidence, 1 is too old, 2 are missing." */
function dutiesState(duties: readonly DutyLine[]): string {
  const count = (state: DutyState) => duties.filter((duty) => duty.state === state).length;
  const [missing, old] = [count('missing'), count('old')];
  if (missing + old === 0) return 'Every duty has evidence of its period.';
  return `${count('kept')} of ${duties.length} duties have evidence of their period, ${missing} without, ${old} with evidence that is too old.`;
}
