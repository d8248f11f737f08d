import Form from 'next/form';
import { accountKinds } from '#lib/ledger/account-kinds.ts';
import type { ChartView } from '#lib/operations/view-chart.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { FilterButtons } from '../ui/filter-buttons.tsx';
import { chartPath } from './chart-address.ts';
import { accountKind } from './ledger-words.ts';

/** Which accounts are shown. An ordinary form: its answer is the address of the page. */
export function ChartFilterForm({ asked }: { asked: ChartView['asked'] }) {
  return (
    <search className="screen-only mb-6 block">
      <Form
        key={JSON.stringify(asked)}
        action={chartPath}
        className="grid grid-cols-1 items-end gap-x-4 gap-y-3 medium:grid-cols-2 wide:grid-cols-4"
      >
        <SelectField
          label="Kind"
          name="kind"
          defaultValue={asked.kind ?? ''}
          options={[
            { value: '', label: 'Any' },
            ...accountKinds.map((value) => ({ value, label: accountKind(value).name })),
          ]}
        />
        <TextField
          label="Asset"
          name="asset"
          maxLength={12}
          placeholder="SOL"
          defaultValue={asked.asset}
        />
        <TextField
          label="Name begins with"
          name="name"
          maxLength={64}
          placeholder="C-204"
          defaultValue={asked.name}
        />
        <FilterButtons isAsked={Object.keys(asked).length > 0} all={chartPath} />
      </Form>
    </search>
  );
}
