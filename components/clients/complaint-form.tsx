import { recordComplaintAction } from '#lib/clients/actions.ts';
import { channels, languages, topics } from '#lib/clients/complaints/words.ts';
import {
  CheckField,
  ChoiceField,
  SelectField,
  TextAreaField,
  TextField,
  type SelectOption,
} from '../ui/field.tsx';
import { ActDialog } from './act-dialog.tsx';
import { ClientField } from './client-field.tsx';

/** A table of words as the options of a field. */
export const optionsOf = (words: Readonly<Record<string, string>>): SelectOption[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Takes a complaint into the register. */
export function ComplaintForm({ clients }: { clients: readonly string[] }) {
  return (
    <ActDialog
      act={recordComplaintAction}
      label="Take in a complaint"
      title="A complaint came in"
      tone="primary"
      done="Take it in"
      goTo="/clients/complaints"
    >
      <ClientField clients={clients} none="Not a client, or not known" />
      <TextField
        label="Who complains"
        name="complainant"
        hint="The name can be corrected and erased later."
        maxLength={200}
      />
      <TextField label="Came in at" name="receivedAt" type="datetime-local" hint="UTC" />
      <SelectField
        label="About"
        name="topic"
        placeholder="Choose a topic"
        options={optionsOf(topics)}
      />
      <SelectField
        label="Language"
        name="language"
        defaultValue="en"
        hint="The answer is written in the same language."
        options={optionsOf(languages)}
      />
      <ChoiceField
        label="Came in"
        name="channel"
        defaultValue="electronic"
        options={optionsOf(channels)}
      />
      <CheckField
        name="onTemplate"
        value="yes"
        label="On the standard template"
        hint="Another form is no reason to reject it."
      />
      <TextAreaField label="What it is about" name="subject" rows={5} maxLength={4000} />
    </ActDialog>
  );
}
