import { addTaskAction, finishTaskAction, moveTaskAction } from '#lib/incidents/actions.ts';
import type { IncidentView, TaskView } from '#lib/incidents/desk/view-incident.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { countOf } from '../operations/counts.ts';
import { TextField } from '../ui/field.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { PersonField } from './incident-acts.tsx';

const words = {
  task: {
    heading: 'Tasks',
    add: 'Add a task',
    none: 'No task yet. What has to be done before this is over stands here, with who and until when.',
  },
  action: {
    heading: 'Actions of the review',
    add: 'Add an action',
    none: 'No action yet. What is done so that it does not happen again stands here.',
  },
} as const;

/** Who does what until when: tasks of the incident, or actions of its review. */
export function IncidentTasks({
  view,
  purpose,
}: {
  view: IncidentView;
  purpose: TaskView['purpose'];
}) {
  const tasks = view.tasks.filter((task) => task.purpose === purpose);
  const open = tasks.filter(({ doneAt }) => doneAt === null);
  const { heading, add, none } = words[purpose];
  return (
    <section>
      <SectionHeading
        action={
          view.can.work && (
            <ActDialog
              act={addTaskAction}
              label={add}
              size="small"
              title={add}
              done="Add it"
              fixed={{ id: view.id, purpose }}
            >
              <TextField label="What is to be done" name="task" maxLength={300} />
              <WhoAndWhen view={view} assignee={null} dueOn={view.serverNow.slice(0, 10)} />
            </ActDialog>
          )
        }
      >
        {heading}
        {tasks.length > 0 && (
          <span className="font-normal text-text-quiet">
            , {countOf(open.length, 'open', 'open')}
          </span>
        )}
      </SectionHeading>
      <Panel label={heading}>
        {tasks.length === 0 && <PanelRow>{none}</PanelRow>}
        {[...open, ...tasks.filter(({ doneAt }) => doneAt !== null)].map((task) => (
          <TaskRow key={task.seq} task={task} view={view} />
        ))}
      </Panel>
    </section>
  );
}

const WhoAndWhen = ({
  view,
  assignee,
  dueOn,
}: {
  view: IncidentView;
  assignee: string | null;
  dueOn: string;
}) => (
  <>
    <PersonField label="Who does it" name="assignee" people={view.people} defaultValue={assignee} />
    <TextField label="Done by" name="dueOn" type="date" defaultValue={dueOn} />
  </>
);

function TaskRow({ task, view }: { task: TaskView; view: IncidentView }) {
  const { text, assignee, assigneeName, dueOn, doneAt, isOverdue } = task;
  const fixed = { id: view.id, task: String(task.seq) };
  return (
    <PanelRow
      title={<bdi className="font-normal">{text}</bdi>}
      aside={
        doneAt === null ? (
          <StatusMark
            shape={isOverdue ? 'triangle' : 'ring'}
            tone={isOverdue ? 'danger' : 'neutral'}
          >
            {isOverdue ? 'Overdue' : 'Open'}
          </StatusMark>
        ) : (
          <StatusMark shape="square">Done</StatusMark>
        )
      }
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          <bdi>{assigneeName ?? 'Nobody'}</bdi>,{' '}
          {doneAt === null ? (
            <>
              due <Time instant={dueOn} style="day" />
            </>
          ) : (
            <>
              done <Time instant={doneAt} style="minute" />
            </>
          )}
        </span>
        {view.can.work && doneAt === null && (
          <span className="screen-only flex flex-wrap gap-2">
            <ActDialog
              act={finishTaskAction}
              label="Done"
              size="small"
              title="Is it done?"
              done="It is done"
              fixed={fixed}
            >
              <p>
                <bdi>{text}</bdi>
              </p>
            </ActDialog>
            <ActDialog
              act={moveTaskAction}
              label="Change"
              size="small"
              title="Somebody else, or another day"
              done="Change it"
              fixed={fixed}
            >
              <p>
                <bdi>{text}</bdi>
              </p>
              <WhoAndWhen view={view} assignee={assignee} dueOn={dueOn} />
            </ActDialog>
          </span>
        )}
      </div>
    </PanelRow>
  );
}
