import { endTieAction } from '#lib/privacy/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { roleWords } from './person-words.ts';

/** Records that somebody stands behind a client no more. */
export function EndTie({
  person,
  client,
  role,
}: Readonly<Record<'person' | 'client' | 'role', string>>) {
  return (
    <ActDialog
      act={endTieAction}
      label="Record its end"
      title={`${roleWords[role] ?? role} of ${client} no more`}
      size="small"
      done="Record the end"
      fixed={{ person, client, role }}
    >
      <p>
        What is kept of the person counts from this day: contact details go soon after, the rest
        when its years are over. It can’t be taken back.
      </p>
      <TextField label="Ended on" name="endedOn" type="date" />
    </ActDialog>
  );
}
