import Form from 'next/form';
import type { BreakFilter } from '#lib/reconciliation/break-filter.ts';
import { causes } from '#lib/reconciliation/matching/cause.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { causeName, kindName } from './reconciliation-words.ts';

const any = { value: '', label: 'Any' };

/** Which breaks are shown. An ordinary form: its answer is the address of the page. */
export function BreakFilterForm({ filter }: { filter: BreakFilter }) {
  return (
    <search className="screen-only mb-4 block">
      <Form
        action="/reconciliation"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 wide:grid-cols-4"
      >
        <SelectField
          key={`state ${filter.state}`}
          label="State"
          name="state"
          defaultValue={filter.state}
          options={[
            { value: 'open', label: 'Not closed' },
            { value: 'closed', label: 'Closed' },
            { value: 'all', label: 'All' },
          ]}
        />
        <SelectField
          key={`cause ${filter.cause}`}
          label="Cause"
          name="cause"
          defaultValue={filter.cause ?? ''}
          options={[any, ...causes.map((value) => ({ value, label: causeName(value) }))]}
        />
        <SelectField
          key={`kind ${filter.kind}`}
          label="Sides"
          name="kind"
          defaultValue={filter.kind ?? ''}
          options={[
            any,
            ...['chain', 'bank', 'liabilities'].map((value) => ({ value, label: kindName(value) })),
          ]}
        />
        <Button type="submit" className="justify-self-start">
          Show
        </Button>
      </Form>
    </search>
  );
}
