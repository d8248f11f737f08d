import { fieldOf, type FieldName, type FieldShape } from '#lib/persons/field-map.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';

const types: Readonly<Partial<Record<FieldShape, string>>> = {
  date: 'date',
  email: 'email',
  phone: 'tel',
};

/** A field of the map, as people write it. @param none what the empty choice of a yes or no says. */
export function ValueField({ name, none = 'Not recorded' }: { name: FieldName; none?: string }) {
  const { label, shape } = fieldOf(name);
  if (shape === 'lines')
    return <TextAreaField label={label} name={name} rows={2} maxLength={1_000} />;
  if (shape === 'yes-no')
    return (
      <SelectField
        label={label}
        name={name}
        defaultValue=""
        options={[
          { value: '', label: none },
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
      />
    );
  return (
    <TextField
      label={label}
      name={name}
      type={types[shape] ?? 'text'}
      {...(shape === 'country' && { maxLength: 2, hint: 'Two letters, such as DE' })}
    />
  );
}
