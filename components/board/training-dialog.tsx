import { recordTrainingAction } from '#lib/resilience/board/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';

/** Puts the training of a member on record. */
export function TrainingDialog({
  members,
  today,
}: {
  members: readonly { id: string; name: string }[];
  today: string;
}) {
  return (
    <ActDialog act={recordTrainingAction} label="Record a training" title="Training of a member">
      <SelectField
        label="Member"
        name="person"
        placeholder="Choose a member"
        options={members.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        label="Topic"
        name="topic"
        hint="It stays on record: no names of people."
        maxLength={200}
      />
      <TextField label="Held on" name="heldOn" type="date" defaultValue={today} max={today} />
    </ActDialog>
  );
}
