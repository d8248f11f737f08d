import { SelectField } from '../ui/field.tsx';

/** Chooses a client of the list, or none where that is possible. */
export function ClientField({
  clients,
  none,
}: {
  clients: readonly string[];
  /** Words for no client; a client must be chosen when left out. */
  none?: string;
}) {
  return (
    <SelectField
      label="Client"
      name="client"
      {...(none === undefined ? { placeholder: 'Choose a client' } : { defaultValue: '' })}
      options={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...clients.map((client) => ({ value: client, label: client })),
      ]}
    />
  );
}
