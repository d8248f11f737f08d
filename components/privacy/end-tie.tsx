import { endTieAction, takeBackEndAction } from '#lib/privacy/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { roleWords } from './person-words.ts';

type Tie = Readonly<Record<'person' | 'client' | 'role', string>>;

/** Records that somebody stands behind a client no more. */
export function EndTie({ person, client, role }: Tie) {
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
        What is kept of the person counts from this day, and at the earliest from thirty days after
        today: contact details go soon after, the rest when its years are over. Until then it can be
        taken back.
      </p>
      <TextField label="Ended on" name="endedOn" type="date" />
    </ActDialog>
  );
}

/** Takes an end back that was recorded by mistake. */
export function TakeBackEnd({ person, client, role }: Tie) {
  return (
    <ActDialog
      act={takeBackEndAction}
      label="Take its end back"
      title={`${roleWords[role] ?? role} of ${client} as before`}
      size="small"
      done="Take the end back"
      fixed={{ person, client, role }}
    >
      <p>The person is to the client what they were, and nothing goes because of this end.</p>
    </ActDialog>
  );
}
