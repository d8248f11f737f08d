import Form from 'next/form';
import { kindFacts } from '#lib/operations/kinds.ts';
import type { OperationPage } from '#lib/operations/list-operations.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { FilterButtons } from '../ui/filter-buttons.tsx';
import { operationsPath } from './operations-address.ts';

const any = { value: '', label: 'Any' };

/** Which operations are shown. An ordinary form: its answer is the address of the page. */
export function OperationFilterForm({ asked }: { asked: OperationPage['asked'] }) {
  return (
    <search className="screen-only mb-6 block">
      <Form
        key={JSON.stringify(asked)}
        action={operationsPath}
        className="grid grid-cols-1 items-end gap-x-4 gap-y-3 medium:grid-cols-2 wide:grid-cols-5"
      >
        <SelectField
          label="Kind"
          name="kind"
          defaultValue={asked.kind ?? ''}
          options={[
            any,
            ...Object.entries(kindFacts).map(([value, { name }]) => ({ value, label: name })),
          ]}
        />
        <SelectField
          label="Stands"
          name="standing"
          defaultValue={asked.standing ?? ''}
          options={[
            any,
            { value: 'open', label: 'Under way' },
            { value: 'ended', label: 'At its end' },
          ]}
        />
        <TextField
          label="Client"
          name="client"
          maxLength={16}
          placeholder="C-20418"
          defaultValue={asked.client}
        />
        <TextField
          label="Asset"
          name="asset"
          maxLength={12}
          placeholder="SOL"
          defaultValue={asked.asset}
        />
        <FilterButtons isAsked={Object.keys(asked).length > 0} all={operationsPath} />
      </Form>
    </search>
  );
}
