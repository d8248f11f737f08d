import {
  acknowledgeIncidentAction,
  assignIncidentAction,
  closeIncidentAction,
  dropIncidentAction,
  noteIncidentAction,
  reopenIncidentAction,
  retitleIncidentAction,
  triageIncidentAction,
} from '#lib/incidents/actions.ts';
import { categories, severities } from '#lib/incidents/desk/life.ts';
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { optionsOf } from '../clients/complaint-form.tsx';
import { ChoiceField, SelectField, TextAreaField, TextField } from '../ui/field.tsx';

/** What names the incident in a form, and how it stood when the person saw it. */
export const fixedOf = ({ id, seq }: Pick<IncidentView, 'id' | 'seq'>) => ({
  id,
  seen: String(seq),
});

const Reasons = ({ hint, label = 'Reasons' }: { hint: string; label?: string }) => (
  <TextAreaField label={label} name="reasons" hint={hint} rows={4} maxLength={4000} />
);

/** What this person may do about the whole incident now; the one that is next stands out. */
export function IncidentActs({ view }: { view: IncidentView }) {
  const { number, can, standing, unfinished } = view;
  const fixed = fixedOf(view);
  return (
    <>
      {can.acknowledge && (
        <ActDialog
          act={acknowledgeIncidentAction}
          label="Acknowledge"
          title={`Acknowledge ${number}`}
          tone="primary"
          done="I am on it"
          fixed={fixed}
        >
          <p>
            You say that you are on it. From then on nobody higher up is called for want of an
            answer. It is assigned to somebody separately.
          </p>
        </ActDialog>
      )}
      {can.triage && (
        <ActDialog
          act={triageIncidentAction}
          label={standing.severity === null ? 'Triage' : 'Triage again'}
          title={`Triage ${number}`}
          tone={standing.severity === null && !can.acknowledge ? 'primary' : 'secondary'}
          done="Record the triage"
          fixed={fixed}
        >
          <ChoiceField
            label="How severe is it?"
            name="severity"
            {...(standing.severity === null ? {} : { defaultValue: String(standing.severity) })}
            options={Object.entries(severities).map(([value, words]) => {
              const [name = '', meaning = ''] = words.split(': ');
              return { value, label: `${value} · ${name}`, hint: sentenceOf(meaning) };
            })}
          />
          <SelectField
            label="What kind is it?"
            name="category"
            {...(standing.category === null ? {} : { defaultValue: standing.category })}
            placeholder="Choose the kind"
            options={optionsOf(categories)}
          />
          <Reasons hint="What speaks for this severity and kind, as far as it is known." />
        </ActDialog>
      )}
      {can.close && unfinished === null && (
        <ActDialog
          act={closeIncidentAction}
          label="Close"
          title={`Close ${number}`}
          tone="primary"
          done="Close it"
          fixed={fixed}
        >
          <Reasons hint="Why nothing is left to do." />
        </ActDialog>
      )}
      {can.reopen && (
        <ActDialog
          act={reopenIncidentAction}
          label="Reopen"
          title={`Reopen ${number}`}
          done="Reopen it"
          fixed={fixed}
        >
          <Reasons hint="What came up, or why it was ended too early." />
        </ActDialog>
      )}
      {can.drop && <Drop view={view} />}
    </>
  );
}

const sentenceOf = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

const Drop = ({ view }: { view: IncidentView }) => (
  <ActDialog
    act={dropIncidentAction}
    label="Drop"
    title={`Drop ${view.number}`}
    done="Drop it"
    fixed={fixedOf(view)}
  >
    <ChoiceField
      label="Why is it dropped?"
      name="as"
      options={[
        { value: 'no-incident', label: 'It was no incident' },
        { value: 'duplicate', label: 'It is the same as another' },
      ]}
    />
    <TextField
      label="Number of the other one"
      name="of"
      look="mono"
      hint="Only for one that is the same as another, such as INC-2026-000012."
      maxLength={20}
    />
    <Reasons hint="It stays on record with these reasons, and can be reopened." />
  </ActDialog>
);

/** Gives the incident to somebody. */
export const Assign = ({ view }: { view: IncidentView }) => (
  <ActDialog
    act={assignIncidentAction}
    label={view.assigneeName === null ? 'Assign' : 'Assign to another'}
    size="small"
    title={`Who answers for ${view.number}?`}
    done="Assign it"
    fixed={fixedOf(view)}
  >
    <PersonField
      label="Assigned to"
      name="to"
      people={view.people}
      defaultValue={view.standing.assignee}
    />
  </ActDialog>
);

/** One of the people who have access, or nobody. */
export const PersonField = ({
  label,
  name,
  people,
  defaultValue,
}: {
  label: string;
  name: string;
  people: IncidentView['people'];
  defaultValue: string | null;
}) => (
  <SelectField
    label={label}
    name={name}
    defaultValue={defaultValue ?? ''}
    options={[
      { value: '', label: 'Nobody' },
      ...people.map((person) => ({ value: person.id, label: person.name })),
    ]}
  />
);

export const Note = ({ view: { id } }: { view: IncidentView }) => (
  <ActDialog
    act={noteIncidentAction}
    label="Add a note"
    size="small"
    title="Note in the timeline"
    done="Add the note"
    fixed={{ id }}
  >
    <TextAreaField
      label="Note"
      name="note"
      hint="What was seen, decided or tried, as it happens. It can’t be changed later."
      rows={5}
      maxLength={4000}
    />
  </ActDialog>
);

export const Retitle = ({ view }: { view: IncidentView }) => (
  <ActDialog
    act={retitleIncidentAction}
    label="Change the title"
    size="small"
    title={`Title of ${view.number}`}
    done="Change it"
    fixed={fixedOf(view)}
  >
    <TextField
      label="What happened, in a line"
      name="title"
      hint="The earlier title stays in the timeline."
      defaultValue={view.title}
      maxLength={200}
    />
  </ActDialog>
);
