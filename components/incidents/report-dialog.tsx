import { reportIncidentAction } from '#lib/incidents/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { ChoiceField, TextAreaField, TextField } from '../ui/field.tsx';
import { NoticedField } from './noticed-field.tsx';

/** Says that something happened. Whoever sees it says it; others find out what it is. */
export function ReportDialog({ serverNow }: { serverNow: string }) {
  return (
    <ActDialog
      act={reportIncidentAction}
      label="Report an incident"
      title="Report an incident"
      tone="primary"
      done="Report it"
      goTo="/incidents"
    >
      <ChoiceField
        label="Did it happen?"
        name="sort"
        defaultValue="incident"
        options={[
          { value: 'incident', label: 'It happened, or is happening' },
          { value: 'threat', label: 'It only threatens: a cyber threat' },
        ]}
      />
      <TextField
        label="What happened, in a line"
        name="title"
        hint="Names of clients do not belong here."
        maxLength={200}
      />
      <NoticedField serverNow={serverNow} />
      <TextAreaField
        label="What is known so far"
        name="description"
        hint="What was seen, where, since when, and what was done. Nobody expects the cause yet."
        rows={5}
        maxLength={4000}
      />
    </ActDialog>
  );
}
