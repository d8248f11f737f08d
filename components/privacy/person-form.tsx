import { categories, fieldNames, fieldOf, type Category } from '#lib/persons/field-map.ts';
import { sourceEntry } from '#lib/persons/value-sources.ts';
import { recordPersonAction } from '#lib/privacy/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { roleWords } from './person-words.ts';
import { SourceField } from './source-field.tsx';
import { ValueField } from './value-field.tsx';

const tieRoles = ['client', 'representative', 'beneficial-owner', 'authorised-user'];
/** Records somebody with what they said of themselves. */
export function PersonForm() {
  return (
    <ActDialog
      act={recordPersonAction}
      label="Record a person"
      title="A person"
      tone="primary"
      done="Record"
      goTo="/privacy/people"
    >
      <TextField label="Client" name="client" look="mono" placeholder="C-20418" maxLength={12} />
      <SelectField
        label="Is to the client"
        name="role"
        defaultValue="client"
        options={tieRoles.map((value) => ({ value, label: roleWords[value] ?? value }))}
      />
      <TextField
        label="Since when"
        name="since"
        type="date"
        hint="The day since when the person is that to the client, such as that of the agreement. Copies of their data tell of the client from then on. Empty: today."
      />
      <SourceField />
      {Object.entries(categories).map(([category, heading]) => (
        <fieldset key={category} className="space-y-4">
          <legend className="font-strong">{heading}</legend>
          <SourceField
            name={sourceEntry(category as Category)}
            label={`${heading}: from elsewhere`}
            placeholder="As above"
          />
          {fieldNames
            .filter((name) => fieldOf(name).category === (category as Category))
            .map((name) => (
              <ValueField key={name} name={name} />
            ))}
        </fieldset>
      ))}
    </ActDialog>
  );
}
