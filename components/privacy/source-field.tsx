import { chosenSources } from '#lib/persons/value-sources.ts';
import { SelectField } from '../ui/field.tsx';

/** From where what is written down is: the person is told it with their copy. */
export function SourceField({
  name = 'source',
  label = 'From where it is',
  placeholder = 'Choose from where it is',
}: {
  name?: string;
  label?: string;
  /** What it says while nothing is chosen. */
  placeholder?: string;
}) {
  return (
    <SelectField
      label={label}
      name={name}
      placeholder={placeholder}
      defaultValue=""
      options={Object.entries(chosenSources).map(([value, { label: words }]) => ({
        value,
        label: words,
      }))}
    />
  );
}
